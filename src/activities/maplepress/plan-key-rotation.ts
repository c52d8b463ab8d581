import type { PlanArgs } from '../../domain/activity-types.js';
import type { RotateApiKeyInput } from '../../domain/inputs.js';
import { type KeyRotationTarget, ROTATE } from '../../domain/maplepress.js';
import type { Check, Plan } from '../../domain/plan.js';
import type { CallOptions, Site } from '../../maplepress/index.js';
import { fail, pass, warn } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { beginning } from '../maintenance.js';
import { announcePlan, inputOf } from '../planning.js';
import { receiverChecks } from './receiver-checks.js';
import { findByDomain } from './registrations.js';

/** Until the owner of a site usually has entered the new key. */
const USUAL_SECONDS = 30 * 60;

/** Preflight of a rotation: read-only. */
export async function planKeyRotation(
  deps: ActivityDeps,
  { ref, input: given, underLock }: PlanArgs<RotateApiKeyInput>,
  options: CallOptions,
): Promise<Plan<KeyRotationTarget>> {
  const input = inputOf('maplepress-rotate-key', given);
  const { site: domain, requestedBy } = input;
  const site = await findByDomain(deps, { account: input.account, domain }, options);
  const { check: begins, notBefore } = beginning(deps.policy.maintenance, input.at, Date.now());
  const lastFour = site?.apiKeyLastFour ?? '';
  return announcePlan(
    deps,
    { ref, underLock },
    {
      site: domain,
      summary: `another key for ${domain}, in place of the one ending in ${lastFour}`,
      target: {
        id: site?.id ?? '',
        domain,
        keyLastFour: lastFour,
        patienceMs: deps.policy.maplepress.signOfLifeWithinMs,
      },
      steps: [{ name: ROTATE }, { name: 'sign of life' }],
      pointOfNoReturn: ROTATE,
      mayLose: [
        'the old key is refused at once: search and indexing stop until the plugin has the new one',
      ],
      checks: [
        ...registrationChecks(domain, site),
        ...(await receiverChecks(deps, input.receiver)),
        begins,
      ],
      ...(notBefore !== undefined && { notBefore }),
      facts: { requestedBy, sites: 1 },
      resources: [`maplepress:${domain}`],
      estimateSeconds: USUAL_SECONDS,
    },
  );
}

function registrationChecks(domain: string, site: Site | null): readonly Check[] {
  if (site === null) {
    return [fail('registration', `this tenant has no registration of ${domain}`)];
  }
  const { id, status, isVerified } = site;
  const plugin = isVerified
    ? pass(
        'plugin',
        `has verified the site${site.pluginVersion && `, version ${site.pluginVersion}`}`,
      )
    : warn('plugin', 'has never verified the site: there may be nobody who uses the key');
  return [pass('registration', `${id}, ${status}`), plugin];
}
