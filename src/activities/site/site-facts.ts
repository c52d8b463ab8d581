import type { OperationFacts } from '../../domain/policy.js';
import type { Site } from '../../frappe-cloud/index.js';

/**
 * What policy may look at of one site that is there; what Press does not say is left out. A list
 * without any app is one that Press cannot tell: every site has the framework (observed-2 6.4).
 */
export function siteFacts({
  site: { tags },
  priceUsd,
  apps = [],
}: {
  readonly site: Site;
  /** Of its plan, per month. */
  readonly priceUsd: number | null | undefined;
  readonly apps?: readonly string[];
}): Pick<OperationFacts, 'planPriceUsd' | 'apps' | 'sites' | 'tags'> {
  return {
    ...(typeof priceUsd === 'number' && { planPriceUsd: priceUsd }),
    ...(apps.length > 0 && { apps }),
    ...(tags && { tags: tags.map(({ tag_name }) => tag_name) }),
    sites: 1,
  };
}
