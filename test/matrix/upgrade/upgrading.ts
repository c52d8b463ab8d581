import type { CallFault } from '../../../simulators/press/index.js';
import { onJob } from '../../integration/provision/support.js';
import { BACK, BACK_ON, failsAt, THERE } from '../../integration/upgrade/support.js';
import { did, stepsOf } from '../provision/common.js';
import { lostRows, refusedRow, repeatedRow, retriedRow } from '../sending.js';
import { silentFrom } from '../silent.js';
import { COPIED, mended } from './common.js';
import {
  AS_BEFORE,
  BACK_AGAIN,
  DONE,
  fatalAfterMove,
  fatalBeforeMove,
  FORWARD,
  onThere,
  RESTORED,
  row,
  SENT,
  UPGRADE,
  type UpgradeRow,
} from './rows.js';

/** In words about the record that Press has just rolled back (C 1.1). */
const BUSY: CallFault = {
  kind: 'exception',
  excType: 'LinkValidationError',
  status: 417,
  message: 'Site is under maintenance. Cannot Update',
};
const FATAL_THERE = 'the site, Broken, Version 15, a new bench, in maintenance, marked as fatal';

/** The call that starts it. */
const callRows: readonly UpgradeRow[] = [
  ...lostRows(UPGRADE),
  refusedRow(UPGRADE, { effects: COPIED, left: AS_BEFORE }),
  repeatedRow(UPGRADE),
  retriedRow(UPGRADE),
  repeatedRow(UPGRADE, 'somebody else is at work on the site: it is waited for', BUSY),
].map(row);

/** The job that does it. */
const jobRows: readonly UpgradeRow[] = [
  ...stepsOf(THERE).map((step) =>
    row({
      step: 'upgrade',
      accident: `job ${THERE}: step "${step}" fails, and Press puts it back`,
      faults: onThere({ kind: 'fail_step', step }),
      expect: { ...BACK_AGAIN, says: /Press has put everything back/ },
    }),
  ),
  row({
    step: 'upgrade',
    accident: 'the server is never reached: nothing was done',
    faults: onThere({ kind: 'delivery_failure', afterSeconds: 60 }),
    expect: { ...BACK_AGAIN, says: /never delivered/ },
  }),
  row({
    step: 'upgrade',
    accident: 'the agent of the server refuses, and Press puts it back',
    faults: onThere({ kind: 'agent_refuses' }),
    expect: BACK_AGAIN,
  }),
  row({
    step: 'upgrade',
    accident: 'the job takes very long',
    faults: onThere({ kind: 'slow', factor: 5 }),
    expect: DONE,
  }),
];

/** It ends fatally on the bench it came from: the copy is restored there. */
const sourceRows: readonly UpgradeRow[] = [
  ...stepsOf(BACK)
    .filter((step) => step !== 'Move Site')
    .map((step) =>
      row({
        step: 'recovery',
        accident: `job ${BACK}: step "${step}" fails: the copy is restored`,
        faults: fatalAfterMove(step),
        expect: { ...RESTORED, says: /could not put it back/ },
      }),
    ),
  row({
    step: 'recovery',
    accident: 'it never moved, and cannot be switched on: the copy is restored',
    faults: fatalBeforeMove,
    expect: RESTORED,
  }),
  row({
    step: 'recovery',
    accident: 'it never moved, and the recovery never reaches the server: the copy is restored',
    faults: ({ site }) => [
      failsAt(site, THERE, 'Backup Site Tables'),
      onJob(site, BACK_ON, { kind: 'delivery_failure', afterSeconds: 60 }),
    ],
    expect: RESTORED,
  }),
  row({
    step: 'restore',
    accident: 'it fails, too: a person has it done again',
    faults: ({ site, ...names }) => [
      ...fatalBeforeMove({ site, ...names }),
      failsAt(site, 'Restore Site', 'Restore Site'),
    ],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...RESTORED,
      effects: [...SENT, 'site.restore', 'site.restore'],
      ledger: [
        'backup sent',
        'upgrade sent',
        'restore sent',
        'attention: StepFailed',
        'says: retry',
        'restore sent',
      ],
    },
  }),
  row({
    step: 'restore',
    accident: 'a patch fails there, too: restored without it, and that is listed',
    faults: ({ site, ...names }) => [
      ...fatalBeforeMove({ site, ...names }),
      onJob(site, 'Restore Site', { kind: 'fail_step', step: 'Migrate Site', patch: true }),
    ],
    asks: [{ problem: 'StepFailed', says: 'restore_forward' }],
    expect: {
      ...RESTORED,
      effects: [...SENT, 'site.restore', 'site.restore'],
      ledger: [
        ...RESTORED.ledger,
        'attention: StepFailed',
        'says: restore_forward',
        'restore forward sent',
      ],
      says: /restore: patches that failed were left out/,
    },
  }),
  row({
    step: 'restore',
    accident: 'it fails, too: a person says that it was mended, and it was not, and then it was',
    faults: ({ site, ...names }) => [
      ...fatalBeforeMove({ site, ...names }),
      failsAt(site, 'Restore Site', 'Restore Site'),
    ],
    asks: [
      { problem: 'StepFailed', says: 'accept' },
      { problem: 'StepFailed', says: 'retry', after: mended },
    ],
    expect: {
      ...RESTORED,
      outcome: 'abandoned',
      left: 'the site, Active, Version 14, its old bench, other data',
      effects: [...SENT, 'site.restore'],
      ledger: [
        'backup sent',
        'upgrade sent',
        'restore sent',
        'attention: StepFailed',
        'says: accept',
        'attention: StepFailed',
        'says: retry',
      ],
      says: /repaired by hand/,
    },
  }),
  row({
    step: 'restore',
    accident: 'its answer is lost',
    faults: ({ site, ...names }) => [
      ...fatalBeforeMove({ site, ...names }),
      {
        call: {
          method: 'press.api.client.run_doc_method',
          body: { dn: site, method: 'restore_site_from_files' },
        },
        fault: { kind: 'lose_answer' },
      },
    ],
    expect: { ...RESTORED, ledger: ['backup sent', 'upgrade sent', 'restore adopted'] },
  }),
];

/** It ends fatally on the new bench: never rolled back, a person decides. */
const destinationRows: readonly UpgradeRow[] = [
  row({
    step: 'recovery',
    accident: `job ${BACK}: step "Move Site" fails: restored onto the new version`,
    faults: fatalAfterMove('Move Site'),
    asks: [{ problem: 'StepFailed', says: 'restore_forward' }],
    expect: { ...FORWARD, says: /restored on the new bench/ },
  }),
  row({
    step: 'recovery',
    accident: 'the recovery never reaches the server: restored onto the new version',
    faults: ({ site }) => [
      failsAt(site, THERE, 'Migrate Site'),
      onJob(site, BACK, { kind: 'delivery_failure', afterSeconds: 60 }),
    ],
    asks: [{ problem: 'StepFailed', says: 'restore_forward' }],
    expect: FORWARD,
  }),
  row({
    step: 'recovery',
    accident: `job ${BACK}: step "Move Site" fails: left as it is`,
    faults: fatalAfterMove('Move Site'),
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: SENT,
      left: FATAL_THERE,
      ledger: ['backup sent', 'upgrade sent', 'attention: StepFailed', 'says: abandon'],
      says: /leads forward, never back/,
    },
  }),
  row({
    step: 'recovery',
    accident: `job ${BACK}: step "Move Site" fails: to be archived, and made again from the copy`,
    faults: fatalAfterMove('Move Site'),
    asks: [{ problem: 'StepFailed', says: 'rebuild' }],
    expect: {
      outcome: 'abandoned',
      effects: SENT,
      left: FATAL_THERE,
      ledger: ['backup sent', 'upgrade sent', 'attention: StepFailed', 'says: rebuild'],
      says: /to be rebuilt \(sitewright archive .*, then sitewright unarchive .* --copy .* --group /,
    },
  }),
  row({
    step: 'recovery',
    accident: 'policy lets no patch be left out: nothing but looking again is offered',
    world: 'a strict policy',
    faults: fatalAfterMove('Move Site'),
    asks: [
      { problem: 'StepFailed', says: 'retry' },
      { problem: 'StepFailed', says: 'abandon' },
    ],
    expect: {
      outcome: 'abandoned',
      effects: SENT,
      left: FATAL_THERE,
      ledger: [
        'backup sent',
        'upgrade sent',
        'attention: StepFailed',
        'says: retry',
        'attention: StepFailed',
        'says: abandon',
      ],
    },
  }),
  row({
    step: 'recovery',
    accident: 'the sweep of Press has ended the job, and nothing tells how far it came',
    world: 'a sweep that comes soon',
    faults: ({ site }) => [
      onJob(site, THERE, { kind: 'hang', step: 'Migrate Site' }),
      failsAt(site, BACK_ON, 0),
    ],
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: SENT,
      left: 'the site, Broken, Version 14, its old bench, in maintenance, marked as fatal',
      ledger: ['backup sent', 'upgrade sent', 'attention: StepFailed', 'says: abandon'],
      says: /nothing tells on which bench it stands/,
    },
  }),
  row({
    step: 'restore forward',
    accident: 'it fails, too: a person has it done again',
    faults: ({ site, ...names }) => [
      ...fatalAfterMove('Move Site')({ site, ...names }),
      failsAt(site, 'Restore Site', 'Migrate Site'),
    ],
    asks: [
      { problem: 'StepFailed', says: 'restore_forward' },
      { problem: 'StepFailed', says: 'retry' },
    ],
    expect: {
      ...FORWARD,
      effects: [...SENT, 'site.restore', 'site.restore'],
      ledger: [...FORWARD.ledger, 'attention: StepFailed', 'says: retry', 'restore forward sent'],
    },
  }),
];

/** Everything is done, and it is read back. */
const verifyRows: readonly UpgradeRow[] = [
  row({
    step: 'verify',
    accident: 'it does not answer HTTP: mended, and read once more',
    world: 'impatient verification',
    ...silentFrom(did('upgrade.create')),
    expect: {
      ...DONE,
      ledger: [...DONE.ledger, 'attention: VerificationFailed', 'says: retry'],
    },
  }),
];

export const upgradeRows: readonly UpgradeRow[] = [
  ...callRows,
  ...jobRows,
  ...sourceRows,
  ...destinationRows,
  ...verifyRows,
];
