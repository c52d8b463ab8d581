import { onJob } from '../../integration/provision/support.js';
import { actOn, breakDown, switchOff } from '../../integration/safety-copy/support.js';
import type { Moment, Scene } from '../row.js';
import { silentFrom } from '../silent.js';
import { COPIED } from '../upgrade/common.js';
import { approved, BACK_AGAIN, DONE, failsIn, onRestore, type RestoreRow, row } from './common.js';

const BACK = 'Back to the safety copy';
const OTHERWISE = 'A site that is not Active';
const FAILED = 'the site, Broken, no usable database, marked as failed';
const TWICE = failsIn('Restore Site', 2);
const TRIED = [...COPIED, 'site.restore', 'site.restore'] as const;
const ASKED = [...BACK_AGAIN.ledger, 'attention: StepFailed'] as const;

/** Asked without a copy of today; policy wants that acknowledged. */
const without = { world: 'somebody approves', acts: [approved] } as const;

/** Press has the job of the restore. */
const restores: Moment = ({ harness, site }) =>
  harness.simulator
    .estate()
    .jobs.some((job) => job.site === site && job.jobType === 'Restore Site');

/** When the way back fails as well, or there is none. */
const backRows: readonly RestoreRow[] = [
  row({
    path: BACK,
    step: 'restore safety copy',
    accident: 'it fails, too: a person has it done again',
    faults: TWICE,
    asks: [{ problem: 'StepFailed', says: 'restore' }],
    expect: {
      ...BACK_AGAIN,
      effects: [...TRIED, 'site.restore'],
      ledger: [...ASKED, 'says: restore', 'restore safety copy sent'],
    },
  }),
  row({
    path: BACK,
    step: 'restore safety copy',
    accident: 'it fails, too: a person wants what was asked for once more',
    faults: TWICE,
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...DONE,
      effects: [...TRIED, 'site.restore'],
      ledger: [...ASKED, 'says: retry', 'restore sent'],
    },
  }),
  row({
    path: BACK,
    step: 'restore safety copy',
    accident: 'it fails, too: a person leaves it, told when Press will archive the site',
    faults: TWICE,
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: TRIED,
      left: FAILED,
      ledger: [...ASKED, 'says: abandon'],
      says: /is Broken; Press archives it by itself from \d{4}-\d\d-\d\d/,
    },
  }),
  row({
    path: BACK,
    step: 'restore safety copy',
    accident: 'its download fails: again, with fresh links',
    faults: ({ site }) => [
      ...failsIn('Restore Site')({ site }),
      ...onRestore({ kind: 'fail_step', step: 'Download Backup Files' }, { nth: 2 })({ site }),
    ],
    expect: { ...BACK_AGAIN, effects: [...TRIED, 'site.restore'] },
  }),
  row({
    path: BACK,
    step: 'restore safety copy',
    accident: 'there is none: a person has the restore done again',
    ...without,
    input: () => ({ safetyCopy: 'skip' }),
    faults: failsIn('Restore Site'),
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...DONE,
      effects: ['site.restore', 'site.restore'],
      ledger: [
        'says: approve',
        'restore sent',
        'attention: StepFailed',
        'says: retry',
        'restore sent',
      ],
    },
  }),
  row({
    path: BACK,
    step: 'verify',
    accident: 'the site does not answer, until somebody has mended it',
    world: 'impatient verification',
    faults: ({ site }) => onRestore({ kind: 'slow', factor: 3 })({ site }),
    ...silentFrom(restores),
    expect: {
      ...DONE,
      effects: [...DONE.effects, 'site.deactivate', 'site.activate'],
      ledger: [
        ...DONE.ledger,
        're-sync off sent',
        're-sync on sent',
        'attention: VerificationFailed',
        'says: retry',
      ],
    },
  }),
  row({
    path: BACK,
    step: 'verify',
    accident: 'the site does not answer: a person wants the data of today back',
    world: 'impatient verification',
    faults: ({ site }) => onRestore({ kind: 'slow', factor: 3 })({ site }),
    ...silentFrom(restores, { says: 'restore' }),
    expect: {
      ...BACK_AGAIN,
      effects: [...DONE.effects, 'site.deactivate', 'site.activate', 'site.restore'],
      ledger: [
        ...DONE.ledger,
        're-sync off sent',
        're-sync on sent',
        'attention: VerificationFailed',
        'says: restore',
        'restore safety copy sent',
      ],
    },
  }),
];

const off = ({ harness, site }: Scene) => switchOff(harness, site);
const broken = ({ harness, site }: Scene) => breakDown(harness, site);
const OFF_AND_ON = ['site.deactivate', 'site.activate'] as const;
const SWITCHED = ['site.restore', ...OFF_AND_ON] as const;

/** Somebody switches it off and on by hand. */
async function offAndOn({ harness, site }: Scene): Promise<void> {
  await switchOff(harness, site);
  await actOn(harness, site, 'activate');
}

const RESYNCED = ['says: approve', 'restore sent', 're-sync off sent', 're-sync on sent'] as const;

/** Sites that cannot serve a copy of today: an older one stands in, which is acknowledged. */
const otherwiseRows: readonly RestoreRow[] = [
  row({
    path: OTHERWISE,
    step: 're-sync',
    accident: 'it was Inactive: switched off and on afterwards, so that it is served',
    ...without,
    before: off,
    expect: { ...DONE, effects: SWITCHED, ledger: RESYNCED },
  }),
  row({
    path: OTHERWISE,
    step: 're-sync',
    accident: 'it was Inactive, and a job of the switch fails: switched once more',
    ...without,
    before: off,
    faults: ({ site }) => [
      onJob(site, 'Update Site Status', { kind: 'fail_step', step: 0 }, { nth: 2 }),
    ],
    expect: {
      ...DONE,
      effects: [...SWITCHED, ...OFF_AND_ON],
      ledger: [...RESYNCED, 're-sync off sent', 're-sync on sent'],
    },
  }),
  row({
    path: OTHERWISE,
    step: 're-sync',
    accident: 'it was Inactive, and cannot be switched on: a person does it',
    ...without,
    before: off,
    faults: ({ site }) =>
      [2, 4].map((nth) =>
        onJob(site, 'Update Site Status', { kind: 'fail_step', step: 0 }, { nth }),
      ),
    asks: [{ problem: 'VerificationFailed', says: 'retry', after: offAndOn }],
    expect: {
      ...DONE,
      effects: [...SWITCHED, ...OFF_AND_ON, ...OFF_AND_ON],
      ledger: [
        ...RESYNCED,
        're-sync off sent',
        're-sync on sent',
        'attention: VerificationFailed',
        'says: retry',
      ],
    },
  }),
  row({
    path: OTHERWISE,
    step: 'restore',
    accident: 'it was Inactive, and the server is never reached: it is switched off again',
    ...without,
    before: off,
    faults: onRestore({ kind: 'delivery_failure', afterSeconds: 60 }),
    expect: {
      outcome: 'rolled_back',
      effects: ['site.restore', 'site.deactivate'],
      left: 'the site, Inactive, the data of today, in maintenance',
      ledger: ['says: approve', 'restore sent', 'switch off sent'],
    },
  }),
  row({
    path: OTHERWISE,
    step: 'restore',
    accident: 'it was Broken',
    ...without,
    before: broken,
    expect: { ...DONE, effects: ['site.restore'], ledger: ['says: approve', 'restore sent'] },
  }),
  row({
    path: OTHERWISE,
    step: 'restore',
    accident: 'it was Broken, and the server is never reached: what Press says is not so',
    ...without,
    before: broken,
    faults: onRestore({ kind: 'delivery_failure', afterSeconds: 60 }),
    expect: {
      outcome: 'rolled_back',
      effects: ['site.restore'],
      left: 'the site, Active, the data of today',
      ledger: ['says: approve', 'restore sent'],
      says: /Press calls it Active, and it is Broken still/,
    },
  }),
];

export const wayBackRows: readonly RestoreRow[] = [...backRows, ...otherwiseRows];
