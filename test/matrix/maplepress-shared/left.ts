import { handlesIn } from '../../../src/domain/hand-over.js';
import type { Handover } from '../../../src/ledger/types.js';
import { effectsOn } from '../../integration/maplepress/support.js';
import type { Harness } from '../../support/harness.js';
import type { Scene } from '../row.js';

/** What was done to the domain of a row, in order, e.g. `['site.create', 'key.rotate']`. */
export const effectsOf = ({ harness, domain }: Scene): readonly string[] =>
  effectsOn(harness, domain);

/**
 * What stands at MaplePress and what waits for a receiver, in words: every key that waits is claimed
 * and tried out, and told is what the results name. A row that ends well reads "the registration,
 * active; waiting: its key", or "nothing".
 */
export async function leftOf({ harness, domain }: Scene): Promise<string> {
  const { maplePress, ledger } = harness;
  const sites = maplePress.estate().sites.filter((site) => site.domain === domain);
  const operations = await ledger.findOperations({ site: domain });
  const ours = operations.map(({ operationId }) => operationId);
  const waiting = (await ledger.unclaimedHandovers()).filter(({ operationId }) =>
    ours.includes(operationId),
  );
  const told = operations.flatMap(({ result }) =>
    handlesIn(result?.details ?? {}).map(({ handle }) => handle),
  );
  const tried: string[] = [];
  for (const secret of waiting) tried.push(await tryOut(harness, secret, sites[0]?.id));
  const untold = waiting.filter(({ handle }) => !told.includes(handle));
  const gone = told.filter((handle) => !waiting.some((secret) => secret.handle === handle));
  const left = [
    ...sites.map(({ tenantId, status }) => {
      const isOurs = tenantId === maplePress.tenants.main.tenantId;
      return `the registration${isOurs ? '' : ' of another tenant'}, ${status}`;
    }),
    ...(tried.length === 0 ? [] : [`waiting: ${tried.sort().join(', ')}`]),
    ...untold.map(() => 'a secret that nobody is told of'),
    ...gone.map(() => 'told of a secret that is gone'),
  ];
  return left.length === 0 ? 'nothing' : left.join('; ');
}

/** Claims a secret as its receiver would; a key is shown to MaplePress as a plugin would. */
async function tryOut(
  { client, maplePress }: Harness,
  { handle, label }: Handover,
  site: string | undefined,
): Promise<string> {
  const { value } = await client.claimSecret(handle, { by: 'the-receiver' });
  if (!label.startsWith('API key')) return 'its token';
  const shown = maplePress.pluginRequest({ apiKey: value });
  return site !== undefined && shown.site === site ? 'its key' : 'a key that is refused';
}
