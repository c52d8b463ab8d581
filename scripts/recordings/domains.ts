import { setTimeout as delay } from 'node:timers/promises';
import type { OperationStatus } from '../../src/client.js';
import type { Stack } from '../../src/stack/stack.js';
import { by, firstTime, type Recording } from './recording.js';

type DomainKind =
  | 'add-domain'
  | 'retry-domain'
  | 'remove-domain'
  | 'set-host-name'
  | 'set-redirect'
  | 'unset-redirect';

const LOOK_AGAIN_MS = 200;

const domainOf = (site: string): string => `www.${site.split('.')[0] ?? ''}.example.com`;

/** Adds a domain past Sitewright. */
async function addAtPress({ simulator }: Stack, site: string, domain: string): Promise<void> {
  const { apiKey, apiSecret, team } = simulator.accounts.main;
  const answer = await fetch(`${simulator.url}/api/method/press.api.site.add_domain`, {
    method: 'POST',
    headers: {
      authorization: `token ${apiKey}:${apiSecret}`,
      'x-press-team': team,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: site, domain }),
  });
  if (!answer.ok) throw new Error(`${domain} was not added: ${answer.status}`);
}

/** A domain whose DNS points to the site already. */
const pointed = ({ simulator }: Stack, site: string): Promise<{ domain: string }> => {
  const domain = domainOf(site);
  simulator.setDns(domain, { CNAME: [site] });
  return Promise.resolve({ domain });
};

/** A domain that was added past Sitewright, and works; or one that got no certificate at first. */
const added =
  (status: 'Active' | 'Broken' = 'Active') =>
  async (stack: Stack, site: string): Promise<{ domain: string }> => {
    const { simulator } = stack;
    const domain = domainOf(site);
    simulator.setDns(domain, { CNAME: [site], certificate: status === 'Active' });
    await addAtPress(stack, site, domain);
    const isSo = () =>
      simulator.estate().domains.some((row) => row.domain === domain && row.status === status);
    while (!isSo()) await delay(LOOK_AGAIN_MS);
    simulator.setDns(domain, { CNAME: [site] });
    return { domain };
  };

/** One that redirects already. */
const redirecting = async (stack: Stack, site: string): Promise<{ domain: string }> => {
  const { domain } = await added()(stack, site);
  const who = { account: stack.record.account, requestedBy: 'recorder' };
  const { workflowId } = await stack.client.start('set-redirect', { ...who, site, domain });
  await stack.client.wait(workflowId);
  return { domain };
};

/** Its DNS is waited for. */
const isWaiting = ({ choices }: OperationStatus): boolean => choices.includes('give_up');

const one = <K extends DomainKind>(recording: Recording<K>): Recording => recording;

/** Customers' domains, in the ways they go. */
export const domainRecordings: readonly Recording[] = [
  one({ kind: 'add-domain', scenario: 'succeeded', subdomain: 'rec-ad-works', prepare: pointed }),
  one({
    kind: 'add-domain',
    scenario: 'late-dns',
    subdomain: 'rec-ad-late',
    prepare: (_, site) => Promise.resolve({ domain: domainOf(site) }),
    act: firstTime(isWaiting, (_, { site }, stack) => void pointed(stack, site)),
  }),
  one({
    kind: 'add-domain',
    scenario: 'given-up',
    subdomain: 'rec-ad-given',
    prepare: (_, site) => Promise.resolve({ domain: domainOf(site) }),
    act: firstTime(isWaiting, (client, { workflowId }) => {
      void client.resolve(workflowId, 'give_up', by);
    }),
  }),
  one({
    kind: 'retry-domain',
    scenario: 'succeeded',
    subdomain: 'rec-rd-works',
    prepare: added('Broken'),
  }),
  one({
    kind: 'remove-domain',
    scenario: 'succeeded',
    subdomain: 'rec-dd-works',
    prepare: added(),
  }),
  one({
    kind: 'set-host-name',
    scenario: 'succeeded',
    subdomain: 'rec-hn-works',
    prepare: added(),
  }),
  one({ kind: 'set-redirect', scenario: 'succeeded', subdomain: 'rec-sr-works', prepare: added() }),
  one({
    kind: 'unset-redirect',
    scenario: 'succeeded',
    subdomain: 'rec-us-works',
    prepare: redirecting,
  }),
];
