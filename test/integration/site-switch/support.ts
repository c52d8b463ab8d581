import type { OperationHandle } from '../../../src/client.js';
import type { Harness } from '../../support/harness.js';
import { effectsOn } from '../provision/support.js';

/** Asks for a site to be taken off or put back on. */
export const ask = (
  { client }: Harness,
  kind: 'activate' | 'deactivate',
  site: string,
): Promise<OperationHandle> => client.start(kind, { account: 'main', requestedBy: 'ops', site });

/** What was done to a site after it was made. */
export const doneTo = (harness: Harness, site: string): readonly string[] =>
  effectsOn(harness, site).filter((effect) => effect !== 'site.create');
