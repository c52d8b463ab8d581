import type { Check, PlanStep } from '../../domain/plan.js';
import {
  IMPORTED,
  type SafetyCopy,
  safetyCopySteps,
  type SafetyCopyPlan,
} from '../../domain/safety-copy.js';
import { type Account, getSite, type Site } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { offsiteBackups } from './backups.js';

/** What a preflight says of the copy that comes before anything is touched. */
export interface SafetyCopyDraft {
  readonly plan: SafetyCopyPlan;
  readonly checks: readonly Check[];
  /** What whoever approves has to say by name. */
  readonly acknowledge: readonly string[];
  /** To be shown before those of the operation. */
  readonly steps: readonly PlanStep[];
}

/** The web server of such a site hands out no files (D 3). */
const NOT_SERVING: readonly string[] = ['Broken', 'Inactive', 'Suspended'];

/**
 * Which copy an operation will have to go back to (D 4.4). Reads only. A site that cannot serve its
 * files falls back to the newest copy there is, and somebody has to acknowledge that.
 *
 * @param wish.mode `recent`: the newest offsite backup serves when it is young enough by policy
 * @param wish.skip the operation asks to do without; policy answers that, by `skipsSafetyCopy`
 */
export async function planSafetyCopy(
  deps: ActivityDeps,
  account: Account,
  site: string,
  { mode, skip }: { readonly mode: 'new' | 'recent'; readonly skip: boolean },
): Promise<SafetyCopyDraft> {
  const { maxAgeMs } = deps.policy.safetyCopy;
  if (skip) {
    return draft({ mode: 'none', maxAgeMs }, 'warn', 'none is made: there will be no way back');
  }
  const found = await getSite(account.press, { site });
  // What is not ours stands in the way of the whole operation; its own checks say so.
  if (found.found !== 'own') {
    return { plan: { mode, maxAgeMs }, checks: [], acknowledge: [], steps: [] };
  }
  const { site: own } = found;
  const isServing = !NOT_SERVING.includes(own.status);
  const detail = 'a new backup with files goes into the vault';
  if (mode === 'new' && isServing) return draft({ mode, maxAgeMs }, 'pass', detail);

  const backups = await offsiteBackups(account, own);
  const [newest] = backups;
  if (mode === 'recent' && newest?.problem === null && newest.ageMs <= maxAgeMs) {
    return draft({ mode, maxAgeMs }, 'pass', `${said(newest.copy)} serves`);
  }
  if (isServing) {
    const why = newest?.problem ?? 'it is too old';
    const passedOver = newest ? `; not ${said(newest.copy)}: ${why}` : '';
    return draft({ mode, maxAgeMs }, 'pass', detail + passedOver);
  }
  const usable = backups.find(({ problem }) => problem === null) ?? newest;
  const standIn = newer(await newestInVault(deps, account, own), usable?.copy ?? null);
  const plan: SafetyCopyPlan = { mode, maxAgeMs, standIn };
  const why = `the site is ${own.status} and cannot hand out its files`;
  return standIn === null
    ? draft(plan, 'warn', `${why}, and there is no older copy`, ['no-safety-copy-at-all'])
    : draft(plan, 'warn', `${why}: ${said(standIn)} stands in`, ['no-copy-of-today']);
}

function draft(
  plan: SafetyCopyPlan,
  result: Check['result'],
  detail: string,
  acknowledge: readonly string[] = [],
): SafetyCopyDraft {
  const checks = [{ name: 'safety copy', result, detail }];
  return { plan, checks, acknowledge, steps: safetyCopySteps(plan) };
}

/** The newest copy of the site that the vault has; files that were imported may be of anything. */
async function newestInVault(
  { vault }: ActivityDeps,
  { name: account }: Account,
  { name: site }: Site,
): Promise<SafetyCopy | null> {
  let newest: SafetyCopy | null = null;
  // Those of a site come oldest first; one that cannot be read is of no use.
  for await (const copy of vault.list({ account, site, onUnreadable: () => undefined })) {
    const { handle, takenAt, version, files, backup } = copy;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const parts = files.map(({ kind }) => kind);
    if (parts.includes('database') && backup !== IMPORTED) {
      newest = { where: 'vault', handle, site, takenAt, version, bytes, parts };
    }
  }
  return newest;
}

function newer(one: SafetyCopy | null, other: SafetyCopy | null): SafetyCopy | null {
  if (one === null || other === null) return one ?? other;
  return one.takenAt >= other.takenAt ? one : other;
}

/** E.g. "the offsite backup f1e2d3 of 2026-11-20 21:40 UTC (48 MB)". */
function said({ where, handle, takenAt, bytes }: SafetyCopy): string {
  const what = where === 'vault' ? 'the vault copy' : 'the offsite backup';
  const at = takenAt.slice(0, 16).replace('T', ' ');
  return `${what} ${handle} of ${at} UTC (${Math.ceil(bytes / 1e6)} MB)`;
}
