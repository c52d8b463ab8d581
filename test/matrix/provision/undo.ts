import type { CallFault, JobFault } from '../../../simulators/press/index.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import type { Asked } from '../row.js';
import { isIn, type ProvisionRow, SHARED, UNDONE } from './common.js';

const UNDO = { path: SHARED, step: 'undo' } as const;

/** What is undone: a creation that failed. */
const failed = (site: string) => onJob(site, 'New Site', { kind: 'fail_step', step: 0 });

const call = (
  accident: string,
  fault: CallFault,
  ledger: readonly string[] = ['undo create adopted'],
): ProvisionRow => ({
  ...UNDO,
  accident,
  faults: ({ site }) => [failed(site), onMethod(site, 'archive', fault)],
  expect: { ...UNDONE, ledger: ['create sent', ...ledger] },
});

/** The archive is accepted and then fails: a person is asked. */
const archiveFails = (
  jobType: 'Archive Site' | 'Remove Site from Upstream',
  accident: string,
  fault: JobFault,
): ProvisionRow => ({
  ...UNDO,
  accident: `job ${jobType}: ${accident}: retry`,
  faults: ({ site }) => [failed(site), onJob(site, jobType, fault)],
  asks: [{ problem: 'UndoFailed', says: 'retry' }],
  expect: {
    ...UNDONE,
    effects: [...UNDONE.effects, 'site.archive'],
    ledger: [
      'create sent',
      'undo create sent',
      'attention: UndoFailed',
      'says: retry',
      'undo create sent',
    ],
  },
});

const abandons: readonly Asked[] = [{ problem: 'UndoFailed', says: 'abandon' }];

/** The way back of a creation that failed; what is left of the site has to go. */
export const undoRows: readonly ProvisionRow[] = [
  call('none', { kind: 'delay', seconds: 1 }, ['undo create sent']),
  call('the answer is lost', { kind: 'lose_answer' }),
  call('no answer ever comes', { kind: 'hang' }),
  call('Press begins 23 s after we hung up', {
    kind: 'late',
    seconds: 23,
    after: 'disconnect',
  }),
  call('504 after the effect', { kind: 'gateway_error', status: 504 }),
  call('an answer of another shape', { kind: 'wrong_shape' }),
  call('the request is lost: sent again after five minutes', { kind: 'lose_request' }, [
    'undo create sent',
  ]),
  call('a database deadlock', { kind: 'exception', excType: 'QueryDeadlockError' }, [
    'undo create failed',
    'undo create sent',
  ]),
  {
    ...call('Press refuses: retry', {
      kind: 'exception',
      excType: 'ValidationError',
      status: 417,
      message: 'a migration is scheduled',
    }),
    asks: [{ problem: 'UndoFailed', says: 'retry' }],
    expect: {
      ...UNDONE,
      ledger: [
        'create sent',
        'undo create refused',
        'attention: UndoFailed',
        'says: retry',
        'undo create sent',
      ],
    },
  },
  archiveFails('Archive Site', 'the step that drops the site fails', {
    kind: 'fail_step',
    step: 'Archive Site',
  }),
  ...['Bench Setup NGINX', 'Reload NGINX'].map((step): ProvisionRow => ({
    ...UNDO,
    accident: `job Archive Site: step "${step}" fails, after the site is gone: retry`,
    faults: ({ site }) => [failed(site), onJob(site, 'Archive Site', { kind: 'fail_step', step })],
    asks: [{ problem: 'UndoFailed', says: 'retry' }],
    expect: {
      ...UNDONE,
      ledger: ['create sent', 'undo create sent', 'attention: UndoFailed', 'says: retry'],
    },
  })),
  archiveFails('Archive Site', 'the server is never reached', {
    kind: 'delivery_failure',
    afterSeconds: 60,
  }),
  archiveFails('Remove Site from Upstream', 'its step fails', { kind: 'fail_step', step: 0 }),
  archiveFails('Remove Site from Upstream', 'the server is never reached', {
    kind: 'delivery_failure',
    afterSeconds: 60,
  }),
  {
    ...UNDO,
    accident:
      'job Archive Site: the agent of the server refuses, and the site stays Pending: abandon',
    faults: ({ site }) => [failed(site), onJob(site, 'Archive Site', { kind: 'agent_refuses' })],
    asks: abandons,
    expect: {
      outcome: 'abandoned',
      effects: UNDONE.effects,
      left: 'the site, Pending',
      ledger: ['create sent', 'undo create sent', 'attention: UndoFailed', 'says: abandon'],
    },
  },
  {
    ...UNDO,
    accident: 'the other job of the creation still runs: it is waited for',
    faults: ({ site }) => [
      failed(site),
      onJob(site, 'Add Site to Upstream', { kind: 'slow', factor: 50 }),
    ],
    expect: UNDONE,
  },
  {
    ...UNDO,
    accident: 'cancelled while it goes back: refused, it goes back anyway',
    faults: ({ site }) => [failed(site), onJob(site, 'Archive Site', { kind: 'slow', factor: 50 })],
    acts: [
      {
        do: 'meddle',
        when: isIn('compensating'),
        async deed({ harness, site }) {
          await harness.client.cancel(site, { by: 'kim' });
        },
      },
    ],
    expect: UNDONE,
  },
];
