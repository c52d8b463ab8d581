import type { PlanArgs } from '../../domain/activity-types.js';
import type { UpdateSiteInput } from '../../domain/inputs.js';
import type { Check, Plan } from '../../domain/plan.js';
import type { UpdateTarget } from '../../domain/site-changes.js';
import { checkForUpdates, type UpdateInformation } from '../../frappe-cloud/index.js';
import { fail, pass } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { beginning } from '../maintenance.js';
import { announcePlan, inputOf } from '../planning.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { changeDraft, downtime, siteChange } from './change-plan.js';
import { estimateOf } from '../site/site-checks.js';
import { readSite } from '../site/site-reading.js';

const UPDATE_SECONDS = 10 * 60;

/** Preflight of an update: read-only (C 2.2). */
export function createPlanUpdateActivities(deps: ActivityDeps) {
  const { accounts, policy } = deps;
  return {
    async planUpdate(args: PlanArgs<UpdateSiteInput>): Promise<Plan<UpdateTarget>> {
      return whileBeating(() => plan(args));
    },
  };

  async function plan({ ref, input: given, underLock }: PlanArgs<UpdateSiteInput>) {
    const input = inputOf('update', given);
    const account = accounts.get(input.account);
    const reading = await readSite(account, input.site);
    const skip = input.safetyCopy === 'skip';
    const [available, copy] = await Promise.all([
      checkForUpdates(account.press, { site: input.site }),
      planSafetyCopy(deps, account, input.site, { mode: 'new', skip }),
    ]);
    const target: UpdateTarget = {
      ...siteChange(reading, input, { policy, copy, after: { bench: null } }),
      newer: newerApps(available, reading.apps),
    };
    const seconds = estimateOf(reading, UPDATE_SECONDS);
    const draft = changeDraft(reading, input, {
      what: 'update',
      undo: 'Press puts it back; else the copy is restored',
      target,
      summary: [
        `newest bench of ${reading.site.group ?? 'its group'}`,
        `new: ${Object.keys(target.newer).join(', ') || 'no app'}`,
        downtime(seconds),
      ],
      allowed: ['Active', 'Inactive'],
      checks: [newerCheck(available)],
      copy,
      begins: beginning(policy.maintenance, input.at, Date.now()),
      underLock,
      seconds,
    });
    return announcePlan(deps, { ref, underLock }, draft);
  }
}

/** Press remembers its "no" for a minute (C 2.2). */
function newerCheck({ update_available }: UpdateInformation): Check {
  return update_available
    ? pass('newer bench', 'waits for the site')
    : fail('newer bench', 'none: the site is up to date (a deploy counts after about a minute)');
}

/** Apps of the site that change, each with the commit it comes to. */
function newerApps(
  { apps = [] }: UpdateInformation,
  installed: readonly string[],
): Readonly<Record<string, string>> {
  const changed = apps.filter(
    ({ app, current_hash, next_hash }) => installed.includes(app) && current_hash !== next_hash,
  );
  return Object.fromEntries(
    changed.map(({ app, next_hash }) => [app, (next_hash ?? 'unknown').slice(0, 7)]),
  );
}
