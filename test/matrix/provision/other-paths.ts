import type { CallFault, JobFault } from '../../../simulators/press/index.js';
import { endOf, onJob } from '../../integration/provision/support.js';
import { NO } from '../sending.js';
import {
  DEDICATED,
  follows,
  DONE,
  NOTHING,
  OWN_GROUP,
  type ProvisionRow,
  UNDONE,
} from './common.js';
import { ORDER_UNDONE, ORDERED_SITE } from './order.js';

const OWN = {
  path: OWN_GROUP,
  step: 'create',
  input: () => ({ group: 'bench-0004', apps: ['frappe', 'erpnext', 'lms'] }),
} as const;

const insert = (
  accident: string,
  fault: CallFault,
  expect: ProvisionRow['expect'],
): ProvisionRow => ({
  ...OWN,
  accident,
  faults: ({ subdomain }) => [
    {
      call: { method: 'press.api.client.insert', body: { 'doc.subdomain': subdomain } },
      fault,
    },
  ],
  expect,
});
const adopted = (accident: string, fault: CallFault) =>
  insert(accident, fault, { ...DONE, ledger: ['create adopted'] });

const job = (accident: string, fault: JobFault): ProvisionRow => ({
  ...OWN,
  accident: `job New Site: ${accident}`,
  faults: ({ site }) => [onJob(site, 'New Site', fault)],
  expect: UNDONE,
});

const SERVER = { path: DEDICATED, step: 'create' } as const;
const onServer = () => ({ server: 'f9-mumbai.frappe.cloud', plan: 'Unlimited', cluster: 'Mumbai' });

/** Where only the creation differs: another call, or another answer to the same. */
export const otherPathRows: readonly ProvisionRow[] = [
  { ...OWN, accident: 'none', expect: DONE },
  insert('Press refuses', NO, {
    outcome: 'refused',
    ...NOTHING,
    ledger: ['create refused'],
    says: /not today/,
  }),
  adopted('the answer is lost', { kind: 'lose_answer' }),
  adopted('Press begins 23 s after we hung up', {
    kind: 'late',
    seconds: 23,
    after: 'disconnect',
  }),
  adopted('500 after the effect', { kind: 'exception', excType: 'KeyError', effect: true }),
  insert('the request is lost: sent again after five minutes', { kind: 'lose_request' }, DONE),
  job('it fails', { kind: 'fail_step', step: 'Install Apps' }),
  job('the server is never reached', { kind: 'delivery_failure', afterSeconds: 60 }),
  {
    ...OWN,
    accident: 'cancelled while the site is made',
    faults: ({ site }) => [onJob(site, 'New Site', { kind: 'slow', factor: 5 })],
    acts: [{ do: 'cancel', when: follows('create') }],
    expect: { ...UNDONE, outcome: 'cancelled' },
  },
  {
    ...SERVER,
    accident: 'none: a bench is built on it',
    world: 'an empty server',
    input: onServer,
    expect: ORDERED_SITE,
  },
  {
    ...SERVER,
    accident: 'job New Site fails on the bench that was built',
    world: 'a server of its own',
    input: onServer,
    faults: ({ site }) => [onJob(site, 'New Site', { kind: 'fail_step', step: 0 })],
    expect: ORDER_UNDONE,
  },
  {
    ...SERVER,
    accident: 'job New Site fails on a bench that stood there: only the site goes',
    world: 'a server with a bench',
    input: onServer,
    async before({ harness }) {
      const { workflowId } = await harness.client.provision(harness.input(onServer()));
      await endOf(harness, workflowId, 'succeeded');
    },
    faults: ({ site }) => [onJob(site, 'New Site', { kind: 'fail_step', step: 0 })],
    expect: UNDONE,
  },
];
