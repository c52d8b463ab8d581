import type { PlanArgs } from '../../domain/activity-types.js';
import type { RegisterWordPressSiteInput } from '../../domain/inputs.js';
import { REGISTER, type RegistrationTarget } from '../../domain/maplepress.js';
import type { Check, Plan } from '../../domain/plan.js';
import { domainOf, type CallOptions, type Site } from '../../maplepress/index.js';
import { fail, pass } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { announcePlan, inputOf } from '../planning.js';
import { receiverChecks } from './receiver-checks.js';
import { findByDomain } from './registrations.js';

const DAY_MS = 24 * 60 * 60_000;
/** Until the plugin of a new site usually has its key. */
const USUAL_SECONDS = 15 * 60;

/** Preflight of a registration: read-only. Whether another tenant has the domain, only sending tells. */
export async function planRegistration(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<RegisterWordPressSiteInput>,
  options: CallOptions,
): Promise<Plan<RegistrationTarget>> {
  const { siteUrl, patienceDays, account, requestedBy, receiver } = inputOf(
    'maplepress-register',
    given,
  );
  const domain = domainOf(siteUrl);
  if (domain === null) throw new Refused('Could not extract domain from URL');
  const { verifyWithinMs, notVerified } = deps.policy.maplepress;
  const patienceMs = patienceDays === undefined ? verifyWithinMs : patienceDays * DAY_MS;
  const known = await findByDomain(deps, { account, domain }, options);
  const otherwise = notVerified === 'delete' ? 'its registration is deleted' : 'it stays pending';
  return announcePlan(
    deps,
    { ref, underLock },
    {
      site: domain,
      summary: `${siteUrl} · not verified within ${daysText(patienceMs)}: ${otherwise}`,
      target: { siteUrl, domain, patienceMs: Math.round(patienceMs), notVerified },
      steps: [{ name: REGISTER, undo: 'delete the registration' }, { name: 'verification' }],
      pointOfNoReturn: null,
      mayLose: [],
      checks: [domainCheck(domain, known), ...(await receiverChecks(deps, receiver))],
      facts: { requestedBy, sites: 1 },
      resources: [`maplepress:${domain}`],
      estimateSeconds: USUAL_SECONDS,
    },
  );
}

function domainCheck(domain: string, known: Site | null): Check {
  if (known === null) return pass('domain', `${domain} is not registered by this tenant`);
  const { id, status, createdAt } = known;
  return fail(
    'domain',
    `${domain} is registered since ${createdAt.toISOString()} (${id}, ${status}); ` +
      'for another key: maplepress rotate-key',
  );
}

function daysText(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
