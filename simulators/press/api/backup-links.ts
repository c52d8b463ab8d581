import { isIP } from 'node:net';
import { backupsOf } from '../backups/rows.js';
import { FILE_KINDS } from '../backups/files.js';
import { refuse } from '../http/errors.js';
import { text } from '../json.js';
import { isPassword, openSession } from '../sites/sessions.js';
import { isUp, siteNamedBy } from '../sites/visit.js';
import type { Json } from '../types.js';
import type { BackupRow, DataKind } from '../world/backups.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { type CallContext, type Endpoints, type Params, teamOf, userOf } from './endpoint.js';

/** Those that the refusal names. */
const NAMED: readonly (readonly [DataKind, string])[] = [
  ['database', 'Database'],
  ['public', 'Public'],
  ['private', 'Private'],
];

/** Press logs in to another Frappe site and takes links to its newest backup (B 3.4). */
export const backupLinkEndpoints: Endpoints = {
  'press.api.site.get_backup_links': {
    mutates: true,
    requires: ['url', 'email', 'password'],
    run: getBackupLinks,
  },
};

/** The only sites that this Press reaches are its own; names that do not resolve answer nothing. */
function getBackupLinks(context: CallContext, params: Params): Json {
  const { world } = context;
  const url = text(params.url);
  const host = URL.canParse(url) ? new URL(url).hostname : url;
  if (isIP(host) !== 0) throw unreachable(url);
  const visited = siteNamedBy(world, host);
  if (visited === null) return [];
  const { site } = visited;
  if (site === null || !isUp(site)) {
    throw refuse(
      'The Frappe site is invalid or unreachable. Please check the site URL and try again.',
    );
  }
  if (text(params.email) !== 'Administrator' || !isPassword(world, site, text(params.password))) {
    throw refuse(
      'The credentials are invalid. Please check the username and password and try again.',
    );
  }
  const files = newestFiles(world, site);
  refuseMissing(files);
  const sid = openSession(world, site);
  return FILE_KINDS.map((type) => {
    const fileName = files[type]?.fileName ?? '';
    const link = `https://${host}/backups/${fileName}?sid=${sid}`;
    return { type, remote_file: register(context, fileName, link), file_name: fileName, url: link };
  });
}

function unreachable(url: string) {
  const { hostname } = new URL(url);
  const cause = `HTTPSConnectionPool(host='${hostname}', port=443): Max retries exceeded`;
  return refuse(`Could not fetch backups from ${url}. Error: ${cause}`);
}

/** Of the newest backup whose files lie on the server of the site. */
function newestFiles(world: World, site: SiteRow): BackupRow['files'] {
  const rows = backupsOf(world, site.name).filter(
    ({ status, onServerUntil }) => status === 'Success' && onServerUntil > world.now(),
  );
  return rows.at(-1)?.files ?? {};
}

function refuseMissing(files: BackupRow['files']): void {
  const missing = NAMED.filter(([kind]) => files[kind] === undefined);
  const lacksConfig = files.config === undefined;
  if (missing.length === 0 && !lacksConfig) return;
  const what = lacksConfig ? 'site config and backup files' : 'backup files';
  throw refuse(`Missing ${what}: ${missing.map(([, word]) => word).join(', ')}`);
}

/** A Remote File that is a link; its content is looked for when it is restored. */
function register(context: CallContext, fileName: string, link: string): string {
  const { world } = context;
  const row = {
    ...world.newRow(userOf(context).user),
    fileName,
    size: null,
    key: '',
    url: link,
    team: teamOf(context).name,
    site: null,
  };
  world.state.remoteFiles[row.name] = row;
  world.effect('file.register', fileName);
  return row.name;
}
