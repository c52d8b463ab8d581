import type { PlanArgs } from '../../domain/activity-types.js';
import type { SwitchTarget } from '../../domain/archiving.js';
import type { SiteRequest } from '../../domain/inputs.js';
import type { Check, Plan } from '../../domain/plan.js';
import { checkAccount, getSite, getSitePlans, type Site } from '../../frappe-cloud/index.js';
import { fail, pass, teamCheck, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf } from '../planning.js';
import { siteFacts } from '../site/site-facts.js';

type Kind = 'deactivate' | 'activate';

/** From where each is accepted (B 4.3, B 4.4). */
const FROM = { deactivate: ['Active', 'Broken'], activate: ['Inactive', 'Broken'] } as const;
const TO = { deactivate: 'Inactive', activate: 'Active' } as const;
const BUSY: readonly string[] = ['Pending', 'Installing', 'Updating', 'Recovering'];

/** Preflights of deactivate and activate: read-only. */
export function createPlanSwitchActivities(deps: ActivityDeps) {
  const { accounts, policy } = deps;
  return {
    planDeactivate: (args: PlanArgs<SiteRequest>) => whileBeating(() => plan('deactivate', args)),
    planActivate: (args: PlanArgs<SiteRequest>) => whileBeating(() => plan('activate', args)),
  };

  async function plan(
    kind: Kind,
    { ref, input: given, underLock }: PlanArgs<SiteRequest>,
  ): Promise<Plan<SwitchTarget>> {
    const { account: name, site, requestedBy } = inputOf(kind, given);
    const account = accounts.get(name);
    const [self, found, plans] = await Promise.all([
      checkAccount(account),
      getSite(account.press, { site }),
      getSitePlans(account.press),
    ]);
    const own = found.found === 'own' ? found.site : null;
    const sitePlan = plans.find((candidate) => candidate.name === own?.plan);
    const from = own?.status;
    const target: SwitchTarget = {
      site,
      from: from === 'Inactive' || from === 'Broken' ? from : 'Active',
      to: TO[kind],
      httpProbe: policy.verification.http,
    };
    const checks =
      own === null
        ? [fail('site', `${site} is no site of this team`)]
        : [
            statusCheck(kind, own, underLock),
            failureCheck(kind, own),
            ...(kind === 'deactivate' ? [trialCheck(sitePlan?.is_trial_plan ?? false)] : []),
          ];
    return announcePlan(
      deps,
      { ref, underLock },
      {
        site,
        summary: [own?.plan, own?.version, `${from ?? 'not there'} → ${target.to}`]
          .filter(Boolean)
          .join(' · '),
        target,
        steps: [
          { name: kind, undo: kind === 'activate' ? 'deactivate' : 'activate' },
          { name: 'verify' },
        ],
        pointOfNoReturn: kind,
        mayLose: [],
        checks: [teamCheck(account, self), ...checks],
        facts: {
          requestedBy,
          ...(own && siteFacts({ site: own, priceUsd: sitePlan?.price_usd })),
        },
        resources: [`site:${site}`],
        estimateSeconds: 60,
      },
    );
  }
}

/** What is still at work may be another operation that holds the lock; it is waited for. */
function statusCheck(kind: Kind, { status }: Site, underLock: boolean): Check {
  const allowed: readonly string[] = FROM[kind];
  if (allowed.includes(status)) return pass('status', status);
  const detail = `it is ${status}; it must be ${allowed.join(' or ')}`;
  return BUSY.includes(status) && !underLock ? warn('status', detail) : fail('status', detail);
}

/** Press blocks both after a failed creation, and lies about activating after a fatal update. */
function failureCheck(kind: Kind, site: Site): Check {
  const { creation_failed: failed, fatal_site_update: fatal } = site;
  if (failed !== null) {
    return fail('failures', `its creation or a restore failed (${failed}): restore it first`);
  }
  if (fatal && kind === 'activate') {
    return fail(
      'failures',
      `update ${fatal} ended fatally: Press would change nothing; restore it`,
    );
  }
  return pass('failures', 'none that stands in the way');
}

/** B 4.3. */
const trialCheck = (isTrial: boolean): Check =>
  isTrial ? fail('plan', 'Press deactivates no site on a trial plan') : pass('plan', 'no trial');
