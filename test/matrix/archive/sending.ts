import type { CallFault } from '../../../simulators/press/index.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import { isIn, runs } from '../provision/common.js';
import { type Call, ledgerOfCall, refusedRow, repeatedRow } from '../sending.js';
import { type ArchiveRow, GONE, UNTOUCHED } from './common.js';

const COPY = { path: 'The safety copy', step: 'safety copy' } as const;
const BACKED_UP = ['backup.create'];

/** The copy comes first: nothing that goes wrong with it touches the site. */
export const copyRows: readonly ArchiveRow[] = [
  {
    ...COPY,
    accident: 'the backup fails: another one is made',
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'fail_step', step: 0 })],
    expect: { ...GONE, effects: [...BACKED_UP, ...GONE.effects] },
  },
  {
    ...COPY,
    accident: 'the backup fails again and again: roll_back',
    faults: ({ site }) => [
      onJob(site, 'Backup Site', { kind: 'fail_step', step: 0 }, { times: 'always' }),
    ],
    asks: [{ problem: 'StepFailed', says: 'roll_back' }],
    expect: {
      outcome: 'rolled_back',
      effects: [...BACKED_UP, ...BACKED_UP],
      left: 'the site, Active',
      ledger: ['backup sent', 'attention: StepFailed', 'says: roll_back'],
    },
  },
  {
    ...COPY,
    accident: 'cancelled meanwhile',
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 20 })],
    acts: [{ do: 'cancel', when: runs('Backup Site') }],
    expect: { ...UNTOUCHED, outcome: 'cancelled', effects: BACKED_UP, ledger: ['backup sent'] },
  },
];

const ARCHIVE = { path: 'The call', step: 'archive' } as const;

/** The call that archives. */
export const SENDING: Call = {
  step: 'archive',
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'archive', fault)] }),
  done: GONE,
};

const call = (accident: string, fault: CallFault, how: 'adopted' | 'sent'): ArchiveRow => ({
  ...ARCHIVE,
  accident,
  ...SENDING.wrong(fault),
  expect: { ...GONE, ledger: ledgerOfCall(SENDING, `archive ${how}`) },
});

/** Sent once, found again by the operation's id. */
export const callRows: readonly ArchiveRow[] = [
  call('none', { kind: 'delay', seconds: 1 }, 'sent'),
  call('the answer is lost', { kind: 'lose_answer' }, 'adopted'),
  call('no answer ever comes', { kind: 'hang' }, 'adopted'),
  call(
    'Press begins 23 s after we hung up',
    { kind: 'late', seconds: 23, after: 'disconnect' },
    'adopted',
  ),
  call('504 after the effect', { kind: 'gateway_error', status: 504 }, 'adopted'),
  call('an answer of another shape', { kind: 'wrong_shape' }, 'adopted'),
  call('the request is lost: sent again after five minutes', { kind: 'lose_request' }, 'sent'),
  { ...repeatedRow(SENDING), ...ARCHIVE },
  {
    ...refusedRow(SENDING, { effects: ['backup.create', 'site.login'], left: UNTOUCHED.left }),
    ...ARCHIVE,
  },
  {
    ...ARCHIVE,
    accident: 'cancelled after it was sent: refused, it goes on',
    faults: ({ site }) => [onJob(site, 'Archive Site', { kind: 'slow', factor: 20 })],
    acts: [
      {
        do: 'meddle',
        when: (scene, status) =>
          isIn('running')(scene, status) && runs('Archive Site')(scene, status),
        async deed({ harness, site }) {
          const { accepted } = await harness.client.cancel(site, { by: 'kim' });
          if (accepted) throw new Error('it was cancelled after the point of no return');
        },
      },
    ],
    expect: GONE,
  },
];
