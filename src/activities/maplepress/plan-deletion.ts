import type { PlanArgs } from '../../domain/activity-types.js';
import type { DeleteWordPressSiteInput } from '../../domain/inputs.js';
import {
  DELETE,
  type DeletionTarget,
  GONE_ALREADY,
  NEVER_KNOWN,
  type NeverKnown,
} from '../../domain/maplepress.js';
import type { Check, Plan } from '../../domain/plan.js';
import { type CallOptions, formatStorage, type Site } from '../../maplepress/index.js';
import { pass, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { announcePlan, inputOf } from '../planning.js';
import { lookAlikes, neverKnownOf } from './never-known.js';
import { findByDomain } from './registrations.js';

const USUAL_SECONDS = 30;

/** Preflight of a deletion: read-only. What is gone already needs nobody's approval. */
export async function planDeletion(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<DeleteWordPressSiteInput>,
  options: CallOptions,
): Promise<Plan<DeletionTarget>> {
  const { account, site: domain, requestedBy } = inputOf('maplepress-delete', given);
  const alike = lookAlikes(domain);
  const site = await findByDomain(deps, { account, domain }, options, alike.look);
  const shared = { site: domain, facts: { requestedBy, sites: 1 } };
  const resources = [`maplepress:${domain}`];
  if (site === null) {
    const neverKnown = await neverKnownOf(deps, { account, domain }, alike.found());
    const check = checkOf(neverKnown);
    return announcePlan(
      deps,
      { ref, underLock },
      {
        ...shared,
        summary: `${domain} is not registered, there is nothing to delete: ${check.detail}`,
        target: { domain, id: null, ...(neverKnown !== null && { neverKnown }) },
        steps: [],
        pointOfNoReturn: null,
        mayLose: [],
        checks: [check],
        resources,
        estimateSeconds: 0,
        changesNothing: true,
      },
    );
  }
  return announcePlan(
    deps,
    { ref, underLock },
    {
      ...shared,
      summary: `${domain}: ${usageOf(site)}`,
      target: { domain, id: site.id },
      steps: [{ name: 'export' }, { name: DELETE }, { name: 'verify' }],
      pointOfNoReturn: DELETE,
      mayLose: [
        'its API key, at once: the plugin is refused',
        // No numbers: they move every hour, and a plan that has changed is asked for again.
        `its search index ${site.searchIndexName}`,
        'its usage statistics and its settings; a new registration begins with nothing',
      ],
      checks: [pass('registration', `${site.id}, ${site.status}`)],
      resources,
      estimateSeconds: USUAL_SECONDS,
    },
  );
}

/** Success either way, but perhaps of another domain than was meant. */
function checkOf(neverKnown: NeverKnown | null): Check {
  if (neverKnown === null) return pass('registration', GONE_ALREADY);
  const { spelledAlike } = neverKnown;
  const alike = spelledAlike.length === 0 ? '' : ` Registered: ${spelledAlike.join(', ')}`;
  return warn('registration', `${NEVER_KNOWN}${alike}`);
}

/** What it has and did, in a few words. */
export function usageOf(site: Site): string {
  const storage = formatStorage(site.storageUsedBytes);
  return `${site.totalPagesIndexed} pages, ${storage}, ${site.searchRequestsCount} searches`;
}
