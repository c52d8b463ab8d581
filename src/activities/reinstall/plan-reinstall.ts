import type { PlanArgs } from '../../domain/activity-types.js';
import type { ReinstallSiteInput } from '../../domain/inputs.js';
import type { Check, Plan } from '../../domain/plan.js';
import type { ReinstallTarget } from '../../domain/reinstall.js';
import { type Account, getSitePlans } from '../../frappe-cloud/index.js';
import { fail, pass, teamCheck, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf } from '../planning.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { openWorkChecks, stateOf, statusCheck } from '../site/site-checks.js';
import { siteFacts } from '../site/site-facts.js';
import { readSite, type SiteReading } from '../site/site-reading.js';

/** What Press lets anybody reinstall (B 4.1). */
const ALLOWED = ['Active', 'Broken', 'Inactive'] as const;
const USUAL_SECONDS = 10 * 60;

/** Preflight of a reinstall: read-only. */
export function createPlanReinstallActivities(deps: ActivityDeps) {
  const { accounts, policy } = deps;
  return {
    async planReinstall(args: PlanArgs<ReinstallSiteInput>): Promise<Plan<ReinstallTarget>> {
      return whileBeating(() => plan(args));
    },
  };

  async function plan({ ref, input: given, underLock }: PlanArgs<ReinstallSiteInput>) {
    const input = inputOf('reinstall', given);
    const account = accounts.get(input.account);
    const skip = input.safetyCopy === 'skip';
    const reading = await readSite(account, input.site);
    const copy = await planSafetyCopy(deps, account, input.site, { mode: 'new', skip });
    const { site, apps } = reading;
    const before = stateOf(reading);
    const target: ReinstallTarget = {
      site: input.site,
      before,
      after: { ...before, status: 'Active' },
      statusBefore: ALLOWED.find((status) => status === site.status) ?? 'Active',
      apps,
      skipFailingPatches: false,
      maySkipPatches: policy.patches.skipFailing === 'allow',
      copy: copy.plan,
      httpProbe: policy.verification.http,
    };
    const wakes = site.status === 'Inactive';
    const isUndone = copy.steps.length > 0;
    return announcePlan(
      deps,
      { ref, underLock },
      {
        site: input.site,
        summary: ['everything in it goes', site.version ?? '', apps.join(', ')]
          .filter((part) => part !== '')
          .join(' · '),
        target,
        steps: [
          ...copy.steps,
          { name: 'reinstall', ...(isUndone && { undo: 'the safety copy is restored' }) },
          ...(wakes ? [{ name: 'wake up' }] : []),
          { name: 'verify' },
        ],
        pointOfNoReturn: 'reinstall',
        mayLose: [
          'every record of the site, its users and their passwords',
          ...(isUndone
            ? ['what is entered after the safety copy']
            : ['the way back: there is no copy of it']),
        ],
        checks: [
          teamCheck(account, reading.self),
          statusCheck(reading, { allowed: ALLOWED, underLock }),
          ...openWorkChecks(reading, { underLock }),
          ...(await wakeCheck(account, reading)),
          ...copy.checks,
        ],
        acknowledge: copy.acknowledge,
        facts: {
          requestedBy: input.requestedBy,
          ...siteFacts(reading),
          skipsSafetyCopy: skip,
        },
        resources: [`site:${input.site}`],
        estimateSeconds: USUAL_SECONDS,
      },
    );
  }
}

/**
 * After a reinstall Press calls an Inactive site Active, and its proxy does not know: it is switched
 * off and on, which no trial allows (B 4.1, B 4.3).
 */
async function wakeCheck({ press }: Account, { site }: SiteReading): Promise<readonly Check[]> {
  if (site.status !== 'Inactive') return [];
  const plan = (await getSitePlans(press)).find(({ name }) => name === site.plan);
  return [
    plan?.is_trial_plan
      ? fail('wake up', `Press deactivates no site on a trial plan: activate ${site.name} first`)
      : warn('wake up', 'it is Inactive, and will be Active afterwards'),
    ...(plan === undefined ? [pass('plan', 'not among those that this account may choose')] : []),
  ];
}
