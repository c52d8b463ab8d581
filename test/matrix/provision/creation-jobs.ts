import type { JobFault } from '../../../simulators/press/index.js';
import { eventually, onJob, siteIn } from '../../integration/provision/support.js';
import type { Scene } from '../row.js';
import { DONE, follows, type ProvisionRow, SHARED, stepsOf, UNDONE } from './common.js';

const CREATE = { path: SHARED, step: 'create' } as const;
const SLOWER: JobFault = { kind: 'slow', factor: 5 };

/** A job of the creation goes wrong. */
const jobs = (jobType: 'New Site' | 'Add Site to Upstream'): readonly ProvisionRow[] => {
  const goesWrong = (accident: string, fault: JobFault): ProvisionRow => ({
    ...CREATE,
    accident: `job ${jobType}: ${accident}`,
    faults: ({ site }) => [onJob(site, jobType, fault)],
    expect: UNDONE,
  });
  return [
    ...stepsOf(jobType).map((step) =>
      goesWrong(`step "${step}" fails`, { kind: 'fail_step', step }),
    ),
    goesWrong('the server is never reached', { kind: 'delivery_failure', afterSeconds: 60 }),
    goesWrong('the agent of the server refuses', { kind: 'agent_refuses' }),
  ];
};

/** The wait begins late on a busy machine, and has to last all the same. */
const tooSlow: ProvisionRow['faults'] = ({ site }) => [
  onJob(site, 'New Site', { kind: 'slow', factor: 60 }),
];

const untilMade = ({ harness, site }: Scene) =>
  eventually(() => siteIn(harness, site)?.status === 'Active');

/** One call makes two jobs; both must succeed (A 3.3). */
export const creationJobRows: readonly ProvisionRow[] = [
  ...jobs('New Site'),
  ...jobs('Add Site to Upstream'),
  {
    ...CREATE,
    accident: 'job New Site takes longer than the soft limit: people are told',
    world: 'a soft limit',
    faults: tooSlow,
    expect: { ...DONE, ledger: ['create sent', 'attention: TimedOut'] },
  },
  {
    ...CREATE,
    accident: 'job New Site takes longer than the hard limit: retry',
    world: 'a hard limit',
    faults: tooSlow,
    asks: [{ problem: 'TimedOut', says: 'retry', after: untilMade }],
    expect: { ...DONE, ledger: ['create sent', 'attention: TimedOut', 'says: retry'] },
  },
  {
    ...CREATE,
    accident: 'job New Site takes longer than the hard limit: roll_back',
    world: 'a hard limit',
    faults: tooSlow,
    asks: [{ problem: 'TimedOut', says: 'roll_back' }],
    expect: {
      ...UNDONE,
      ledger: ['create sent', 'attention: TimedOut', 'says: roll_back', 'undo create sent'],
    },
  },
  {
    ...CREATE,
    accident: 'cancelled while the site is made: it is waited for, then archived',
    faults: ({ site }) => [onJob(site, 'New Site', SLOWER)],
    acts: [{ do: 'cancel', when: follows('create') }],
    expect: { ...UNDONE, outcome: 'cancelled' },
  },
  {
    ...CREATE,
    accident: 'held while the site is made: nothing more is sent until it is resumed',
    faults: ({ site }) => [onJob(site, 'New Site', SLOWER)],
    input: () => ({ config: { mail_server: 'smtp.example.com' } }),
    acts: [{ do: 'hold', when: follows('create') }],
    expect: {
      ...DONE,
      effects: ['site.create', 'config.update'],
      ledger: ['create sent', 'config sent'],
    },
  },
];
