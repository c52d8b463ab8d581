import { onJob, siteIn } from '../../integration/provision/support.js';
import { follows } from '../provision/common.js';
import { abandonedRow, lostRows, refusedRow, repeatedRow } from '../sending.js';
import { silentFrom } from '../silent.js';
import { COPIED, mended, withMove } from '../upgrade/common.js';
import { BACK, DONE, JOB, PATH, REINSTALL, type ReinstallRow, UNTOUCHED } from './common.js';

const PREFLIGHT = { path: PATH, step: 'preflight' } as const;
const STEP = { path: PATH, step: 'reinstall' } as const;
const NOTHING = { ...UNTOUCHED, outcome: 'refused', effects: [], ledger: [] } as const;
const FAILS = { kind: 'fail_step', step: JOB } as const;
const RESTORE_FAILS = { kind: 'fail_step', step: 'Restore Site' } as const;
const RESTORED_TWICE = [...COPIED, 'site.reinstall', 'site.restore', 'site.restore'] as const;

export const rows: readonly ReinstallRow[] = [
  {
    ...PREFLIGHT,
    accident: 'a move of the site is planned, which would carry it away afterwards',
    faults: ({ site }) => [withMove(site)],
    expect: { ...NOTHING, says: /cancel it first/ },
  },
  {
    ...PREFLIGHT,
    accident: 'it is to go without a copy, and policy never allows that',
    world: 'a strict policy',
    input: () => ({ safetyCopy: 'skip' }),
    expect: { ...NOTHING, says: /safetyCopy.bypass/ },
  },
  {
    ...PREFLIGHT,
    accident: 'no copy of today can be had, and policy asks nobody who could acknowledge that',
    before: async ({ harness, site }) => {
      await harness.press('main', 'press.api.client.run_doc_method', {
        dt: 'Site',
        dn: site,
        method: 'deactivate',
        args: {},
      });
    },
    expect: {
      ...NOTHING,
      left: 'the site, Inactive, the data of before',
      says: /no-safety-copy-at-all/,
    },
  },
  { ...STEP, accident: 'none', expect: DONE },
  ...[
    ...lostRows(REINSTALL),
    refusedRow(REINSTALL, UNTOUCHED),
    repeatedRow(REINSTALL),
    abandonedRow(REINSTALL, UNTOUCHED),
  ].map((row) => ({ ...row, path: PATH })),
  {
    ...STEP,
    accident: 'the job fails: the copy is restored',
    faults: ({ site }) => [onJob(site, JOB, FAILS)],
    expect: { ...BACK, says: /reinstall failed/ },
  },
  {
    ...STEP,
    accident: 'the agent of the server refuses: the copy is restored',
    faults: ({ site }) => [onJob(site, JOB, { kind: 'agent_refuses' })],
    expect: BACK,
  },
  {
    ...STEP,
    accident: 'the server is never reached: nothing has happened',
    faults: ({ site }) => [onJob(site, JOB, { kind: 'delivery_failure', afterSeconds: 60 })],
    expect: {
      ...BACK,
      effects: DONE.effects,
      ledger: DONE.ledger,
      says: /never delivered/,
    },
  },
  {
    ...STEP,
    accident: 'cancelled while the job runs: it is too late',
    faults: ({ site }) => [onJob(site, JOB, { kind: 'slow', factor: 10 })],
    acts: [
      {
        do: 'meddle',
        when: follows('reinstall'),
        deed: async ({ harness, site }) => {
          const { accepted } = await harness.client.cancel(site, { by: 'kim' });
          if (accepted) throw new Error('it was cancelled past the point of no return');
        },
      },
    ],
    expect: DONE,
  },
  {
    path: PATH,
    step: 'restore',
    accident: 'the copy cannot be restored either: retry',
    faults: ({ site }) => [onJob(site, JOB, FAILS), onJob(site, 'Restore Site', RESTORE_FAILS)],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...BACK,
      effects: RESTORED_TWICE,
      ledger: [
        'backup sent',
        'reinstall sent',
        'restore sent',
        'attention: StepFailed',
        'says: retry',
        'restore sent',
      ],
    },
  },
  {
    path: PATH,
    step: 'restore',
    accident: 'a patch fails in the copy: restored without it, and that is listed',
    faults: ({ site }) => [
      onJob(site, JOB, FAILS),
      onJob(site, 'Restore Site', { kind: 'fail_step', step: 'Migrate Site', patch: true }),
    ],
    asks: [{ problem: 'StepFailed', says: 'restore_forward' }],
    expect: {
      ...BACK,
      effects: RESTORED_TWICE,
      ledger: [
        ...BACK.ledger,
        'attention: StepFailed',
        'says: restore_forward',
        'restore forward sent',
      ],
      says: /restore: patches that failed were left out/,
    },
  },
  {
    path: PATH,
    step: 'restore',
    accident: 'the copy cannot be restored either: abandon',
    faults: ({ site }) => [onJob(site, JOB, FAILS), onJob(site, 'Restore Site', RESTORE_FAILS)],
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      ...BACK,
      outcome: 'abandoned',
      left: 'the site, Broken, no usable database, marked as failed',
      ledger: [...BACK.ledger, 'attention: StepFailed', 'says: abandon'],
    },
  },
  {
    path: PATH,
    step: 'restore',
    accident: 'the copy cannot be restored either, and the site is mended by hand: accept',
    faults: ({ site }) => [onJob(site, JOB, FAILS), onJob(site, 'Restore Site', RESTORE_FAILS)],
    asks: [{ problem: 'StepFailed', says: 'accept', after: mended }],
    expect: {
      ...BACK,
      outcome: 'abandoned',
      left: 'the site, Active, empty',
      ledger: [...BACK.ledger, 'attention: StepFailed', 'says: accept'],
      says: /repaired by hand/,
    },
  },
  {
    path: PATH,
    step: 'verify',
    accident: 'the site does not answer: retry',
    world: 'impatient verification',
    faults: ({ site }) => [onJob(site, JOB, { kind: 'slow', factor: 10 })],
    ...silentFrom(({ harness, site }) => siteIn(harness, site)?.status === 'Installing'),
    expect: {
      ...DONE,
      ledger: [...DONE.ledger, 'attention: VerificationFailed', 'says: retry'],
    },
  },
];
