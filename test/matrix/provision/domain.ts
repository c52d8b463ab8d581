import type { CallFault, DnsRecords, JobFault } from '../../../simulators/press/index.js';
import { onJob } from '../../integration/provision/support.js';
import type { Names, Scene } from '../row.js';
import { type Call, lostRows } from '../sending.js';
import { called, DONE, type ProvisionRow, runs, SHARED, stepsOf, UNDONE } from './common.js';

const DOMAIN = {
  path: SHARED,
  step: 'domain',
  input: ({ domain }: Names) => ({ customDomains: [domain] }),
} as const;
const ADD = 'press.api.site.add_domain';

const points =
  (records: Omit<DnsRecords, 'CNAME'> = {}) =>
  ({ harness, site, domain }: Scene) =>
    harness.simulator.setDns(domain, { CNAME: [site], ...records });

const ADDED = {
  ...DONE,
  effects: ['site.create', 'domain.add'],
  ledger: ['create sent', 'domain sent'],
} as const;
const GIVEN_UP = { outcome: 'succeeded_with_exceptions' } as const;

const onCall =
  (fault: CallFault) =>
  ({ site }: Names) => [{ call: { method: ADD, body: { name: site } }, fault }];

const ADD_CALL: Call = {
  step: 'domain',
  wrong: (fault) => ({ before: points(), faults: onCall(fault) }),
  done: ADDED,
};

const job = (accident: string, fault: JobFault): ProvisionRow => ({
  ...DOMAIN,
  accident: `job Add Host to Proxy: ${accident}: given up alone`,
  before: points(),
  faults: ({ site }) => [onJob(site, 'Add Host to Proxy', fault)],
  expect: { ...ADDED, ...GIVEN_UP, says: /Broken/ },
});

/** A custom domain that cannot be had is given up; the site stays. */
export const domainRows: readonly ProvisionRow[] = [
  { ...DOMAIN, accident: 'none', before: points(), expect: ADDED },
  {
    ...DOMAIN,
    accident: 'its DNS is never ready: given up at the deadline of policy',
    world: 'DNS given up soon',
    expect: { ...DONE, ...GIVEN_UP },
  },
  {
    ...DOMAIN,
    accident: 'its DNS is not ready, then it is',
    acts: [{ do: 'meddle', when: called('press.api.site.check_dns'), deed: points() }],
    expect: ADDED,
  },
  {
    ...DOMAIN,
    accident: 'its DNS is not ready, and a person gives it up',
    acts: [
      {
        do: 'meddle',
        when: (_, { choices }) => choices.includes('give_up'),
        deed: async ({ harness, site }) => {
          await harness.client.resolve(site, 'give_up', { by: 'ops' });
        },
      },
    ],
    expect: {
      ...DONE,
      ...GIVEN_UP,
      ledger: ['create sent', 'says: give_up'],
      says: /given up by ops/,
    },
  },
  {
    ...DOMAIN,
    accident: 'cancelled while its DNS is waited for',
    acts: [{ do: 'cancel', when: (_, { choices }) => choices.includes('give_up') }],
    expect: { ...UNDONE, outcome: 'cancelled' },
  },
  {
    ...DOMAIN,
    accident: 'Press refuses it at the last moment: given up alone',
    before: points(),
    faults: onCall({
      kind: 'exception',
      excType: 'ValidationError',
      status: 417,
      message: 'unavailable',
    }),
    expect: {
      ...DONE,
      ...GIVEN_UP,
      ledger: ['create sent', 'domain refused'],
      says: /unavailable/,
    },
  },
  {
    ...DOMAIN,
    accident: 'no certificate can be had: given up alone',
    before: points({ certificate: false }),
    expect: { ...ADDED, ...GIVEN_UP, says: /no certificate/ },
  },
  ...lostRows(ADD_CALL).map((row) => ({ ...row, ...DOMAIN })),
  ...stepsOf('Add Host to Proxy').map((step) =>
    job(`step "${step}" fails`, { kind: 'fail_step', step }),
  ),
  job('the server is never reached', { kind: 'delivery_failure', afterSeconds: 60 }),
  job('the agent of the server refuses', { kind: 'agent_refuses' }),
  {
    ...DOMAIN,
    accident: 'cancelled while the proxy learns of it',
    before: points(),
    faults: ({ site }) => [onJob(site, 'Add Host to Proxy', { kind: 'slow', factor: 50 })],
    acts: [{ do: 'cancel', when: runs('Add Host to Proxy') }],
    expect: {
      ...UNDONE,
      outcome: 'cancelled',
      effects: ['site.create', 'domain.add', 'site.archive'],
      ledger: ['create sent', 'domain sent', 'undo create sent'],
    },
  },
];
