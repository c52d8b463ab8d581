import type { Check } from '../../domain/plan.js';
import type { CopyFileKind } from '../../domain/safety-copy.js';
import {
  PressError,
  restoreSpace,
  type Account,
  type SiteStatus,
} from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import type { SiteReading } from '../site/site-reading.js';
import type { SourceReading } from './restore-source.js';

const RESTORABLE: readonly SiteStatus[] = ['Active', 'Broken', 'Inactive'];
const BUSY: readonly SiteStatus[] = ['Pending', 'Installing', 'Updating', 'Recovering'];
const GIB = 1024 ** 3;

/** A failed creation, restore or update is no obstacle: a restore is the way out (B 0.5, B 6). */
export function statusCheck({ site }: SiteReading, underLock: boolean): Check {
  if (RESTORABLE.includes(site.status)) {
    const flags = [
      ...(site.creation_failed === null ? [] : ['its creation or a restore has failed']),
      ...(site.fatal_site_update === null ? [] : ['an update of it has ended fatally']),
    ];
    const said = [`it is ${site.status}`, ...flags].join(', ');
    return site.status === 'Active' ? pass('status', said) : warn('status', said);
  }
  if (!BUSY.includes(site.status)) {
    return fail(
      'status',
      `it is ${site.status}; Press restores ${RESTORABLE.join(', ')} sites only`,
    );
  }
  const detail = `it is ${site.status}: something is being done to it`;
  return underLock ? fail('status', detail) : warn('status', detail);
}

/** What would carry the restored site away, or change it right after (observed-2 3, B 5.1). */
export function comingCheck({ moves, updates }: SiteReading): Check {
  const [move] = moves;
  if (move !== undefined) {
    return fail(
      'coming',
      `"${move.action_type}" is ${move.status}: it would move the restored site`,
    );
  }
  const update = updates.find(({ status }) => status === 'Scheduled');
  if (update === undefined) return pass('coming', 'nothing else is planned for the site');
  return warn('coming', `update ${update.name} is planned (${update.scheduled_time ?? 'no time'})`);
}

/** Every part that was asked for must be there. */
export function partsCheck({ has }: SourceReading, asked: readonly CopyFileKind[] | undefined) {
  const missing = (asked ?? []).filter((kind) => !has.includes(kind));
  if (missing.length > 0) return fail('parts', `the source has no ${missing.join(', ')}`);
  const data = has.filter((kind) => kind !== 'config');
  return data.length === 0
    ? fail('parts', 'the source has nothing that can be restored')
    : pass('parts', (asked ?? data).join(', '));
}

/** An older database is migrated forward; a newer one cannot be brought back (B 2.4). */
export function versionCheck(
  { site }: SiteReading,
  source: SourceReading,
  parts: readonly CopyFileKind[],
): Check {
  if (!parts.includes('database')) return pass('version', 'no database: nothing is migrated');
  if (source.own && source.version === null) {
    return pass(
      'version',
      `of the site itself; migrated to ${site.version ?? 'its version'} if older`,
    );
  }
  const [from, to] = [numberOf(source.version), numberOf(site.version)];
  if (from === null || to === null) {
    return warn(
      'version',
      `the version of the data is not known; the site is ${site.version ?? '?'}`,
    );
  }
  if (from > to) {
    const what = `the data is ${source.version}, the site ${site.version}`;
    return fail('version', `${what}: a newer database does not run on older code`);
  }
  return pass(
    'version',
    from < to ? `migrated from ${source.version} to ${site.version}` : 'the same',
  );
}

/** "Version 15" is 15; anything else cannot be compared. */
function numberOf(version: string | null): number | null {
  const [, digits] = /^Version (\d+)$/.exec(version ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}

/** Apps of the data that the site does not have: Press takes them out of it (B 2.4). */
export function droppedApps(
  { apps }: SiteReading,
  source: SourceReading,
  parts: readonly CopyFileKind[],
): readonly string[] {
  if (!parts.includes('database') || source.apps === null || apps.length === 0) return [];
  return source.apps.filter((app) => !apps.includes(app));
}

export function appsCheck(
  reading: SiteReading,
  source: SourceReading,
  parts: readonly CopyFileKind[],
): Check {
  if (!parts.includes('database')) return pass('apps', 'they stay as they are');
  if (source.apps === null) {
    return source.own
      ? pass('apps', 'of the site itself; what is installed no more is taken out')
      : warn('apps', 'the apps of the data are not known; what is not installed is taken out');
  }
  const { apps } = source;
  const dropped = droppedApps(reading, source, parts);
  const vanishing = reading.apps.filter((app) => !apps.includes(app));
  const said = [
    ...(dropped.length === 0
      ? []
      : [`${dropped.join(', ')} not on the site: taken out; install first to keep`]),
    ...(vanishing.length === 0 ? [] : [`${vanishing.join(', ')} not in the data: gone after`]),
  ];
  return said.length === 0 ? pass('apps', 'the same') : warn('apps', said.join('; '));
}

/** As Press estimates it; it wants a little more than it says here (B 2.8). */
export async function spaceCheck(
  { press }: Account,
  site: string,
  { bytes }: SourceReading,
  parts: readonly CopyFileKind[],
): Promise<Check> {
  if (bytes === null) return warn('space', 'the size of the data is not known');
  const of = (kind: 'database' | 'public' | 'private') => (parts.includes(kind) ? bytes[kind] : 0);
  try {
    const space = await restoreSpace(press, {
      site,
      database_bytes: of('database'),
      public_bytes: of('public'),
      private_bytes: of('private'),
    });
    if (space.allowed_to_upload) return pass('space', 'there is room on the servers');
    const needs = (need: number, free: number) => `${gib(need)} of ${gib(free)}`;
    const app = needs(space.required_space_on_app_server, space.free_space_on_app_server);
    const database = needs(space.required_space_on_db_server, space.free_space_on_db_server);
    return fail('space', `not enough: it needs ${app} on the server, ${database} for the database`);
  } catch (error) {
    if (!(error instanceof PressError) || error.code !== 'REFUSED') throw error;
    return warn('space', `Press cannot tell: ${error.message}`);
  }
}

const gib = (bytes: number): string => (bytes < 0 ? 'any' : `${(bytes / GIB).toFixed(1)} GiB`);
