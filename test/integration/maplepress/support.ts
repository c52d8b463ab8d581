import { randomUUID } from 'node:crypto';
import type { CallFault, EstateSite, FaultRule } from '../../../simulators/maplepress/index.js';
import type { OperationHandle, OperationResult, OperationStatus } from '../../../src/client.js';
import { handlesIn } from '../../../src/domain/hand-over.js';
import type { RegisterWordPressSiteInput } from '../../../src/domain/inputs.js';
import { createSite } from '../../../src/maplepress/index.js';
import type { Harness } from '../../support/harness.js';

/** A domain of its own for every test. */
export const aDomain = (): string => `shop-${randomUUID().slice(0, 8)}.example`;

type Times = Pick<FaultRule, 'nth' | 'times'>;

/** Lets the registration of one site go wrong. */
export const onRegister = (domain: string, fault: CallFault, when: Times = {}): FaultRule => ({
  call: { endpoint: 'POST /api/v1/sites', body: { site_url: urlOf(domain) } },
  fault,
  ...when,
});

/** Lets the rotation of the key of one site go wrong. */
export const onRotate = (site: string, fault: CallFault, when: Times = {}): FaultRule => ({
  call: { endpoint: 'POST /api/v1/sites/{id}/rotate-api-key', site },
  fault,
  ...when,
});

/** Lets the deletion of one site go wrong. */
export const onDelete = (site: string, fault: CallFault, when: Times = {}): FaultRule => ({
  call: { endpoint: 'DELETE /api/v1/sites/{id}', site },
  fault,
  ...when,
});

/** Lets MaplePress say of one site, for a moment, that there is none of that id. */
export const onRead = (site: string, times: number): FaultRule => ({
  call: { endpoint: 'GET /api/v1/sites/{id}', site },
  fault: { kind: 'server_error', status: 404 },
  times,
});

export const urlOf = (domain: string): string => `https://${domain}`;

/** What was done to a domain, in order, e.g. `['site.create', 'key.rotate']`. */
export function effectsOn({ maplePress }: Harness, domain: string): readonly string[] {
  return maplePress.effects().flatMap(({ key }) => {
    const [effect = '', of] = key.split(':');
    return of === domain ? [effect] : [];
  });
}

/** Asks for a registration. */
export const register = (
  { client }: Harness,
  domain: string,
  change: Partial<RegisterWordPressSiteInput> = {},
): Promise<OperationHandle> =>
  client.start('maplepress-register', {
    account: 'main',
    requestedBy: 'ops',
    siteUrl: urlOf(domain),
    ...change,
  });

/** Whatever time limits the harness has set. */
const PATIENTLY = { timeoutMs: 20_000 };

/** Registers a site past Sitewright, as somebody with the front end would; id and valid key. */
export async function registerPast(
  { deps }: Harness,
  domain: string = aDomain(),
  tenant: 'main' | 'other' = 'main',
) {
  const { maplePress } = deps.tenants.get(tenant);
  const data = { siteUrl: urlOf(domain) };
  const { id, apiKey, verificationToken } = await createSite(maplePress, data, PATIENTLY);
  return {
    domain,
    id,
    apiKey: apiKey.reveal(),
    verificationToken: verificationToken.reveal(),
  };
}

/** The same, and its plugin has verified it. */
export async function activePast(harness: Harness, domain: string = aDomain()) {
  const made = await registerPast(harness, domain);
  harness.maplePress.connectPlugin(domain);
  return made;
}

/** Whether what it waits for can be given up: it is in the middle of a wait. */
export const waits = ({ choices }: OperationStatus): boolean => choices.includes('give_up');

/** What people were told, in order. */
export async function toldBy(
  { ledger }: Harness,
  { operationId }: Pick<OperationHandle, 'operationId'>,
): Promise<readonly string[]> {
  const events = await ledger.events(operationId);
  return events.flatMap(({ type, data }) =>
    type === 'operation.attention' ? [(data as { readonly message: string }).message] : [],
  );
}

/** The site as MaplePress has it now. */
export function siteIn({ maplePress }: Harness, domain: string): EstateSite | undefined {
  return maplePress.estate().sites.find((site) => site.domain === domain);
}

/** Claims what a result hands over; by label. */
export async function claimAll(
  { client }: Harness,
  { details }: Pick<OperationResult, 'details'>,
): Promise<ReadonlyMap<string, string>> {
  const claimed = new Map<string, string>();
  for (const { label, handle } of handlesIn(details)) {
    claimed.set(label, (await client.claimSecret(handle, { by: 'kim' })).value);
  }
  return claimed;
}
