import type { PlanArgs } from '../../domain/activity-types.js';
import type { MigrateSiteInput } from '../../domain/inputs.js';
import type { Plan } from '../../domain/plan.js';
import type { MigrateTarget } from '../../domain/site-changes.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { beginning } from '../maintenance.js';
import { announcePlan, inputOf } from '../planning.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { changeDraft, downtime, siteChange } from '../upgrade/change-plan.js';
import { readSite } from '../site/site-reading.js';

/** Where Press migrates (C 2.5). */
const ALLOWED = ['Active', 'Inactive', 'Broken'] as const;
const MIGRATE_SECONDS = 5 * 60;

/** Preflight of a migration: read-only (C 2.5). */
export function createPlanMigrateActivities(deps: ActivityDeps) {
  const { accounts, policy } = deps;
  return {
    async planMigrate(args: PlanArgs<MigrateSiteInput>): Promise<Plan<MigrateTarget>> {
      return whileBeating(() => plan(args));
    },
  };

  async function plan({ ref, input: given, underLock }: PlanArgs<MigrateSiteInput>) {
    const input = inputOf('migrate', given);
    const account = accounts.get(input.account);
    const reading = await readSite(account, input.site);
    const { site, apps } = reading;
    const skip = input.safetyCopy === 'skip';
    const copy = await planSafetyCopy(deps, account, input.site, { mode: 'new', skip });
    const draft = changeDraft(reading, input, {
      what: 'migrate',
      undo: 'the copy is restored',
      target: {
        ...siteChange(reading, input, { policy, copy, after: {} }),
        statusBefore: ALLOWED.find((status) => status === site.status) ?? 'Active',
      },
      summary: [
        site.version ?? 'unknown version',
        site.bench ?? 'no bench',
        apps.join(', '),
        downtime(MIGRATE_SECONDS),
      ],
      allowed: ALLOWED,
      checks: [],
      copy,
      // It waits for no window, but a freeze holds.
      begins: beginning(policy.maintenance, undefined, Date.now()),
      underLock,
      seconds: MIGRATE_SECONDS,
    });
    return announcePlan(deps, { ref, underLock }, draft);
  }
}
