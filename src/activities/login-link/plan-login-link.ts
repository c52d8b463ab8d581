import type { PlanArgs } from '../../domain/activity-types.js';
import { handOverStep } from '../../domain/hand-over.js';
import type { LoginLinkInput } from '../../domain/inputs.js';
import type { LoginLinkTarget } from '../../domain/login-links.js';
import type { Plan } from '../../domain/plan.js';
import { teamCheck } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf } from '../planning.js';
import { statusCheck } from '../site/site-checks.js';
import { siteFacts } from '../site/site-facts.js';
import { readSite } from '../site/site-reading.js';

const LOGIN_SECONDS = 10;

/** Preflight of a login link: read-only (B 4.5). */
export function createPlanLoginLinkActivities(deps: ActivityDeps) {
  return {
    planLoginLink: (args: PlanArgs<LoginLinkInput>): Promise<Plan<LoginLinkTarget>> =>
      whileBeating(() => plan(deps, args)),
  };
}

async function plan(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<LoginLinkInput>,
): Promise<Plan<LoginLinkTarget>> {
  const { account, site, requestedBy } = inputOf('login-link', given);
  const reading = await readSite(deps.accounts.get(account), site);
  return announcePlan(
    deps,
    { ref, underLock },
    {
      site,
      summary: 'opens the site as Administrator, for whoever claims it first',
      target: { site },
      steps: [{ name: handOverStep('login_link') }],
      pointOfNoReturn: null,
      mayLose: [],
      checks: [
        teamCheck(reading.site, reading.self),
        statusCheck(reading, { allowed: ['Active'], underLock }),
      ],
      facts: {
        requestedBy,
        ...siteFacts(reading),
      },
      // A restore puts another database, without the session, under it.
      resources: [`site:${site}`],
      estimateSeconds: LOGIN_SECONDS,
    },
  );
}
