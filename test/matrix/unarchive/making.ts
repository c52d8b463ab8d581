import type { CallFault, JobFault } from '../../../simulators/press/index.js';
import { onCreate, onJob, onMethod } from '../../integration/provision/support.js';
import { did, runs } from '../provision/common.js';
import { NO } from '../sending.js';
import { silentFrom } from '../silent.js';
import { BACK, NOTHING, UNDONE, type UnarchiveRow } from './common.js';

const CREATE = { path: 'The new site', step: 'create' } as const;
const RESTORE = { path: 'Its data', step: 'restore' } as const;
const MADE = ['site.create', 'site.archive'];
const MADE_LEDGER = ['create sent', 'undo create sent'];

const call = (accident: string, fault: CallFault, ledger: string): UnarchiveRow => ({
  ...CREATE,
  accident,
  faults: ({ subdomain }) => [onCreate(subdomain, fault)],
  expect: { ...BACK, ledger: [ledger, 'restore sent'] },
});

const jobFails = (accident: string, jobType: string, fault: JobFault): UnarchiveRow => ({
  ...CREATE,
  accident,
  faults: ({ site }) => [onJob(site, jobType, fault)],
  expect: { ...UNDONE, effects: MADE, ledger: MADE_LEDGER },
});

/** As in a provision, whose command and undo it shares. */
export const createRows: readonly UnarchiveRow[] = [
  call('none', { kind: 'delay', seconds: 1 }, 'create sent'),
  call('the answer is lost', { kind: 'lose_answer' }, 'create adopted'),
  call(
    'the request is lost: sent again after five minutes',
    { kind: 'lose_request' },
    'create sent',
  ),
  {
    ...CREATE,
    accident: 'Press refuses',
    faults: ({ subdomain }) => [onCreate(subdomain, NO)],
    expect: { ...NOTHING, outcome: 'refused', ledger: ['create refused'], says: /not today/ },
  },
  jobFails('the job on the server fails', 'New Site', { kind: 'fail_step', step: 0 }),
  jobFails('the proxy is never reached', 'Add Site to Upstream', {
    kind: 'delivery_failure',
    afterSeconds: 60,
  }),
  {
    ...CREATE,
    accident: 'cancelled while the job runs',
    faults: ({ site }) => [onJob(site, 'New Site', { kind: 'slow', factor: 20 })],
    acts: [{ do: 'cancel', when: runs('New Site') }],
    expect: { ...UNDONE, outcome: 'cancelled', effects: MADE, ledger: MADE_LEDGER },
  },
];

const restoreCall = (site: string, fault: CallFault) =>
  onMethod(site, 'restore_site_from_files', fault);

const restoreFails = (accident: string, fault: JobFault): UnarchiveRow => ({
  ...RESTORE,
  accident: `${accident}: the new site goes again, the copy stays`,
  faults: ({ site }) => [onJob(site, 'Restore Site', fault)],
  expect: UNDONE,
});

/** The copy is put into the new site. */
export const restoreRows: readonly UnarchiveRow[] = [
  {
    ...RESTORE,
    accident: 'the answer is lost',
    faults: ({ site }) => [restoreCall(site, { kind: 'lose_answer' })],
    expect: { ...BACK, ledger: ['create sent', 'restore adopted'] },
  },
  {
    ...RESTORE,
    accident: 'Press refuses: the new site goes again',
    faults: ({ site }) => [restoreCall(site, NO)],
    expect: {
      ...UNDONE,
      effects: MADE,
      ledger: ['create sent', 'restore refused', 'undo create sent'],
      says: /not today/,
    },
  },
  {
    ...RESTORE,
    accident: 'the server cannot fetch the files: fresh links, once',
    faults: ({ site }) => [
      onJob(site, 'Restore Site', { kind: 'fail_step', step: 'Download Backup Files' }),
    ],
    expect: { ...BACK, effects: [...BACK.effects, 'site.restore'] },
  },
  restoreFails('the database cannot be restored', { kind: 'fail_step', step: 'Restore Site' }),
  restoreFails('it cannot be migrated', { kind: 'fail_step', step: 'Migrate Site' }),
  restoreFails('the server is never reached', { kind: 'delivery_failure', afterSeconds: 60 }),
  {
    ...RESTORE,
    accident: 'cancelled while the job runs: it is waited for, then the site goes again',
    faults: ({ site }) => [onJob(site, 'Restore Site', { kind: 'slow', factor: 20 })],
    acts: [{ do: 'cancel', when: runs('Restore Site') }],
    expect: { ...UNDONE, outcome: 'cancelled' },
  },
  {
    path: 'Reading it back',
    step: 'verify',
    accident: 'the site does not answer, nor after off and on: mended, retry',
    world: 'impatient verification',
    faults: ({ site }) => [onJob(site, 'Restore Site', { kind: 'slow', factor: 20 })],
    ...silentFrom(did('site.restore')),
    expect: {
      ...BACK,
      effects: [...BACK.effects, 'site.deactivate', 'site.activate'],
      ledger: [
        ...BACK.ledger,
        're-sync off sent',
        're-sync on sent',
        'attention: VerificationFailed',
        'says: retry',
      ],
    },
  },
];
