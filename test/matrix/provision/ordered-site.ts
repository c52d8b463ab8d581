import type { FaultRule, JobFault } from '../../../simulators/press/index.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import type { Names } from '../row.js';
import { PRIVATE, type ProvisionRow, runs, stepsOf } from './common.js';
import { BUILD_UNDONE, onDrop, ORDER_UNDONE, ORDERED_SITE } from './order.js';

const input = () => ({ plan: 'USD 200 Private' });
const SITE = { path: PRIVATE, step: 'create: site', world: 'roll back', input } as const;
const UNDO = { path: PRIVATE, step: 'undo', world: 'roll back', input } as const;

const job = (
  jobType: 'New Site' | 'Add Site to Upstream',
  accident: string,
  fault: JobFault,
): ProvisionRow => ({
  ...SITE,
  accident: `job ${jobType}: ${accident}`,
  faults: ({ site }) => [onJob(site, jobType, fault)],
  expect: ORDER_UNDONE,
});

const refused = ({ subdomain }: Names): FaultRule => ({
  order: { subdomain },
  fault: { kind: 'refuse_site' },
});

const [order, made, undone] = [
  BUILD_UNDONE.effects.slice(0, 3),
  ORDERED_SITE.effects,
  ORDER_UNDONE.effects,
];

/** The site on the bench that was built, and the way back. */
export const orderedSiteRows: readonly ProvisionRow[] = [
  {
    ...SITE,
    accident: 'Press refuses it on the new bench, and policy rolls back',
    faults: (names) => [refused(names)],
    expect: {
      outcome: 'rolled_back',
      effects: [...order, 'bench.create', 'bench.archive', 'group.delete'],
      left: 'nothing',
      ledger: ['create sent', 'undo group sent'],
      says: /stores no reason/,
    },
  },
  {
    ...SITE,
    accident: 'Press refuses it on the new bench, and policy tries once more there',
    world: 'retry on the bench',
    faults: (names) => [refused(names)],
    expect: { ...ORDERED_SITE, ledger: ['create sent', 'create on bench sent'] },
  },
  {
    ...SITE,
    accident: 'Press refuses it on the new bench, and the answer of the second try is lost',
    world: 'retry on the bench',
    faults: (names) => [
      refused(names),
      {
        call: { method: 'press.api.client.insert', body: { 'doc.subdomain': names.subdomain } },
        fault: { kind: 'lose_answer' },
      },
    ],
    expect: { ...ORDERED_SITE, ledger: ['create sent', 'create on bench adopted'] },
  },
  {
    ...SITE,
    accident: 'Press refuses it on the new bench, and job New Site fails on the second try',
    world: 'retry on the bench',
    faults: (names) => [
      refused(names),
      onJob(names.site, 'New Site', { kind: 'fail_step', step: 0 }),
    ],
    expect: {
      ...ORDER_UNDONE,
      ledger: ['create sent', 'create on bench sent', 'undo create sent', 'undo group sent'],
    },
  },
  ...stepsOf('New Site').map((step) =>
    job('New Site', `step "${step}" fails`, { kind: 'fail_step', step }),
  ),
  job('New Site', 'the server is never reached, and the order is never told', {
    kind: 'delivery_failure',
    afterSeconds: 60,
  }),
  job('Add Site to Upstream', 'it fails after "Site Created"', { kind: 'fail_step', step: 0 }),
  {
    ...SITE,
    accident: 'cancelled while it is made',
    faults: ({ site }) => [onJob(site, 'New Site', { kind: 'slow', factor: 5 })],
    acts: [{ do: 'cancel', when: runs('New Site') }],
    expect: { ...ORDER_UNDONE, outcome: 'cancelled' },
  },
  {
    ...UNDO,
    accident: 'dropping the group is refused because of ongoing jobs, twice',
    faults: ({ site }) => [onJob(site, 'New Site', { kind: 'fail_step', step: 0 })],
    acts: [
      onDrop(
        {
          kind: 'exception',
          excType: 'ArchiveBenchError',
          status: 417,
          message: 'Cannot archive bench because of ongoing jobs.',
        },
        2,
      ),
    ],
    expect: {
      ...ORDER_UNDONE,
      ledger: ['create sent', 'undo create sent', 'undo group failed', 'undo group sent'],
    },
  },
  {
    ...UNDO,
    accident: 'job Archive Site fails: retry',
    faults: ({ site }) => [
      onJob(site, 'New Site', { kind: 'fail_step', step: 0 }),
      onJob(site, 'Archive Site', { kind: 'fail_step', step: 'Archive Site' }),
    ],
    asks: [{ problem: 'UndoFailed', says: 'retry' }],
    expect: {
      ...ORDER_UNDONE,
      effects: [...made, 'site.archive', ...undone.slice(made.length)],
      ledger: [
        'create sent',
        'undo create sent',
        'attention: UndoFailed',
        'says: retry',
        'undo create sent',
        'undo group sent',
      ],
    },
  },
  {
    ...UNDO,
    accident: 'the answer of the archive is lost',
    faults: ({ site }) => [
      onJob(site, 'New Site', { kind: 'fail_step', step: 0 }),
      onMethod(site, 'archive', { kind: 'lose_answer' }),
    ],
    expect: { ...ORDER_UNDONE, ledger: ['create sent', 'undo create adopted', 'undo group sent'] },
  },
  {
    ...UNDO,
    accident: 'job Archive Bench fails, and Press archives no bench twice a day: abandon',
    faults: ({ subdomain, site }) => [
      onJob(site, 'New Site', { kind: 'fail_step', step: 0 }),
      { job: { jobType: 'Archive Bench', subdomain }, fault: { kind: 'fail_step', step: 0 } },
    ],
    asks: [{ problem: 'UndoFailed', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: undone,
      left: 'its bench, Broken',
      ledger: [
        'create sent',
        'undo create sent',
        'undo group sent',
        'undo bench refused',
        'attention: UndoFailed',
        'says: abandon',
      ],
    },
  },
];
