import type { PlanArgs, Verification } from '../../domain/activity-types.js';
import type { BackupContents, BackupTarget, VerifyBackupArgs } from '../../domain/backups.js';
import type { ActiveSites, ActiveSitesArgs } from '../../domain/fleet-backups.js';
import type { BackUpSiteInput } from '../../domain/inputs.js';
import type { Check, Plan } from '../../domain/plan.js';
import { safetyCopySteps } from '../../domain/safety-copy.js';
import { physicalBackupsAllowed, type SiteStatus } from '../../frappe-cloud/index.js';
import { fail, teamCheck, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf } from '../planning.js';
import { statusCheck } from '../site/site-checks.js';
import { siteFacts } from '../site/site-facts.js';
import { readSite, type SiteReading } from '../site/site-reading.js';
import { listActiveSites } from './list-active-sites.js';
import { verifyBackup } from './verify-backup.js';

/** Press backs up a site of any of these states; only a site that serves hands its files out. */
const ANY: readonly SiteStatus[] = ['Active', 'Inactive', 'Broken', 'Suspended'];
const BACKUP_SECONDS = 5 * 60;

/** Preflight and proof of a backup: read-only (B 1.2). */
export function createBackupActivities(deps: ActivityDeps) {
  return {
    planBackup: (args: PlanArgs<BackUpSiteInput>): Promise<Plan<BackupTarget>> =>
      whileBeating(() => plan(deps, args)),
    verifyBackup: (args: VerifyBackupArgs): Promise<Verification> =>
      whileBeating((signal) => verifyBackup(deps, args, { signal })),
    listActiveSites: (args: ActiveSitesArgs): Promise<ActiveSites> =>
      whileBeating((signal) => listActiveSites(deps, args, { signal })),
  };
}

async function plan(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<BackUpSiteInput>,
): Promise<Plan<BackupTarget>> {
  const { account: name, site, what = 'with files', keep, requestedBy } = inputOf('backup', given);
  const account = deps.accounts.get(name);
  const reading = await readSite(account, site);
  const intoVault = what === 'with files' && keep !== 'press';
  const allowed =
    what === 'physical' ? await physicalBackupsAllowed(account.press, { site }) : null;
  return announcePlan(
    deps,
    { ref, underLock },
    {
      site,
      summary: [what, intoVault ? 'into the vault' : 'kept at Press for a day', downtimeOf(what)]
        .filter((part) => part !== '')
        .join(' · '),
      target: { site, what, keep: intoVault ? 'vault' : 'press' },
      steps: intoVault
        ? safetyCopySteps({ mode: 'new', maxAgeMs: 0 })
        : [{ name: 'backup' }, { name: 'verify' }],
      pointOfNoReturn: null,
      mayLose: [],
      checks: [
        teamCheck(reading.site, reading.self),
        stateCheck(reading, { intoVault, underLock }),
        ...(what === 'physical' ? [physicalCheck(allowed)] : []),
      ],
      facts: {
        requestedBy,
        ...siteFacts(reading),
      },
      resources: [`site:${site}`],
      estimateSeconds: BACKUP_SECONDS,
    },
  );
}

const downtimeOf = (what: BackupContents): string =>
  what === 'physical' ? 'the site is down meanwhile' : '';

function stateCheck(
  reading: SiteReading,
  { intoVault, underLock }: { readonly intoVault: boolean; readonly underLock: boolean },
): Check {
  const { status } = reading.site;
  if (intoVault && status !== 'Active' && ANY.includes(status)) {
    const hint = 'it can be kept at Press (keep: press)';
    return fail('status', `it is ${status} and hands out no files for the vault; ${hint}`);
  }
  return statusCheck(reading, { allowed: ANY, underLock });
}

/** B 1.2: two switches, and only that of the site can be read. */
const physicalCheck = (allowed: boolean | null): Check =>
  allowed === false
    ? fail('physical', 'physical backups are not switched on for this site: ask Frappe support')
    : warn('physical', 'Press has them switched off by default, and refuses then');
