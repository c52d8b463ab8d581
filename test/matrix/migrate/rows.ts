import type { FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { MigrateSiteInput } from '../../../src/client.js';
import { eventually, onJob, onMethod, siteIn } from '../../integration/provision/support.js';
import { switchOff } from '../../integration/safety-copy/support.js';
import { failsAt } from '../../integration/upgrade/support.js';
import { killedInBackup, killedInCall, killedInJob } from '../killed.js';
import { did, isIn } from '../provision/common.js';
import type { Act, Names, Row, Scene } from '../row.js';
import { type Call, lostRows, NO, refusedRow, repeatedRow, retriedRow } from '../sending.js';
import { silentFrom } from '../silent.js';
import { cancelledInBackup, COPIED, mended, type Told, withSite } from '../upgrade/common.js';

export type MigrateRow = Row<MigrateSiteInput>;

const JOB = 'Migrate Site';
const V15 = { group: 'bench-0001', version: 'Version 15' };

const row = ({
  before,
  path = 'Where it stands',
  ...told
}: Told<MigrateSiteInput>): MigrateRow => ({
  ...told,
  path,
  before: withSite(V15, before),
});

const AS_BEFORE = 'the site, Active, Version 15, its old bench';
const SENT = [...COPIED, 'site.migrate'] as const;
const DONE = {
  outcome: 'succeeded',
  effects: SENT,
  left: AS_BEFORE,
  ledger: ['backup sent', 'migrate sent'],
} as const;
const RESTORED = {
  ...DONE,
  outcome: 'rolled_back',
  effects: [...SENT, 'site.restore'],
  ledger: ['backup sent', 'migrate sent', 'restore sent'],
} as const;

const onMigration =
  (fault: JobFault) =>
  ({ site }: Names): readonly FaultRule[] => [onJob(site, JOB, fault)];

/** The patch that fails, in every migration that does not leave it out. */
const badPatch = (site: string): FaultRule => ({
  job: { site, jobType: JOB },
  fault: { kind: 'fail_step', step: JOB, patch: true, output: 'patch v15.bad failed' },
  times: 'always',
});

/** A migration of somebody else's has failed. */
async function brokenBefore({ harness, site }: Scene): Promise<void> {
  harness.simulator.addFault(failsAt(site, JOB, JOB));
  await harness.press('main', 'press.api.site.migrate', { name: site });
  await eventually(() => siteIn(harness, site)?.status === 'Broken');
}

/** Somebody approves, although there is no copy. */
const acknowledged: Act = {
  do: 'meddle',
  when: isIn('waiting_approval'),
  deed: async ({ harness, site }) => {
    await harness.client.approve(site, {
      by: 'kim',
      reason: 'it is broken anyway',
      acknowledges: ['no-safety-copy-at-all'],
    });
  },
};

const beforeRows: readonly MigrateRow[] = [
  row({
    step: 'preflight',
    accident: 'policy freezes all work',
    world: 'a freeze',
    expect: { outcome: 'refused', effects: [], left: AS_BEFORE, ledger: [], says: /freezes/ },
  }),
  row({
    step: 'preflight',
    accident: 'it is Broken and has no copy, and nobody is asked who could acknowledge it',
    before: brokenBefore,
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'the site, Broken, Version 15, its old bench',
      ledger: [],
      says: /no-safety-copy-at-all/,
    },
  }),
  row({
    step: 'preflight',
    accident: 'it is Broken, and somebody acknowledges that there is no copy',
    world: 'somebody approves',
    before: brokenBefore,
    acts: [acknowledged],
    expect: { ...DONE, effects: ['site.migrate'], ledger: ['says: approve', 'migrate sent'] },
  }),
  row({
    step: 'migrate',
    accident:
      'it was Broken, and the server is never reached: Press calls it Active, which is told',
    world: 'somebody approves',
    before: brokenBefore,
    faults: onMigration({ kind: 'delivery_failure', afterSeconds: 60 }),
    acts: [acknowledged],
    expect: {
      ...DONE,
      outcome: 'rolled_back',
      effects: ['site.migrate'],
      ledger: ['says: approve', 'migrate sent'],
      says: /never delivered.*it is Broken still/,
    },
  }),
  row({
    step: 'migrate',
    accident: 'it was Inactive, and the server is never reached: it is Inactive still',
    world: 'somebody approves',
    before: ({ harness, site }) => switchOff(harness, site),
    faults: onMigration({ kind: 'delivery_failure', afterSeconds: 60 }),
    acts: [acknowledged],
    expect: {
      ...DONE,
      outcome: 'rolled_back',
      // Press has put that back by itself: it refuses to switch it off once more.
      effects: ['site.migrate'],
      left: 'the site, Inactive, Version 15, its old bench, in maintenance',
      ledger: ['says: approve', 'migrate sent', 'switch off sent'],
      says: /never delivered/,
    },
  }),
  row(cancelledInBackup(AS_BEFORE)),
];

const MIGRATE: Call = {
  step: 'migrate',
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'migrate', fault)] }),
  done: DONE,
};

const callRows: readonly MigrateRow[] = [
  ...lostRows(MIGRATE),
  refusedRow(MIGRATE, { effects: COPIED, left: AS_BEFORE }),
  repeatedRow(MIGRATE),
  retriedRow(MIGRATE),
].map(row);

/** Press refuses the second migration, which would leave the patch out. */
const refusesLeavingOut = (site: string): FaultRule => ({
  call: {
    method: 'press.api.client.run_doc_method',
    body: { dn: site, method: 'migrate', 'args.skip_failing_patches': true },
  },
  fault: NO,
});

const bothFail = ({ site }: Names): readonly FaultRule[] => [
  failsAt(site, JOB, JOB),
  failsAt(site, 'Restore Site', 'Restore Site'),
];

const jobRows: readonly MigrateRow[] = [
  row({
    step: 'migrate',
    accident: 'it fails: the copy is restored',
    faults: ({ site }) => [failsAt(site, JOB, JOB)],
    expect: { ...RESTORED, says: /migrate failed in "Migrate Site"/ },
  }),
  row({
    step: 'migrate',
    accident: 'a patch fails, and was to be left out then: migrated without it',
    input: () => ({ skipFailingPatches: true }),
    faults: ({ site }) => [badPatch(site)],
    expect: {
      ...DONE,
      outcome: 'succeeded_with_exceptions',
      effects: [...SENT, 'site.migrate'],
      says: /patches were left out/,
    },
  }),
  row({
    step: 'migrate',
    accident: 'it fails without that patch, too: the copy is restored',
    input: () => ({ skipFailingPatches: true }),
    faults: ({ site }) => [{ ...failsAt(site, JOB, JOB), times: 2 }],
    expect: { ...RESTORED, effects: [...SENT, 'site.migrate', 'site.restore'] },
  }),
  row({
    step: 'migrate',
    accident: 'the server is never reached: nothing was done',
    faults: onMigration({ kind: 'delivery_failure', afterSeconds: 60 }),
    expect: { ...DONE, outcome: 'rolled_back', says: /never delivered/ },
  }),
  row({
    step: 'migrate',
    accident: 'the agent of the server refuses: the copy is restored',
    faults: onMigration({ kind: 'agent_refuses' }),
    expect: RESTORED,
  }),
  row({
    step: 'restore',
    accident: 'the patch fails there, too: restored without it',
    faults: ({ site }) => [
      failsAt(site, JOB, JOB),
      {
        job: { site, jobType: 'Restore Site' },
        fault: { kind: 'fail_step', step: JOB, patch: true },
      },
    ],
    asks: [{ problem: 'StepFailed', says: 'restore_forward' }],
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: [...SENT, 'site.restore', 'site.restore'],
      left: AS_BEFORE,
      ledger: [
        'backup sent',
        'migrate sent',
        'restore sent',
        'attention: StepFailed',
        'says: restore_forward',
        'restore forward sent',
      ],
      says: /restore: patches that failed were left out[^]*migrate: restored instead, because/,
    },
  }),
  row({
    step: 'migrate',
    accident: 'the second migration is refused: the copy is restored all the same',
    input: () => ({ skipFailingPatches: true }),
    faults: ({ site }) => [badPatch(site), refusesLeavingOut(site)],
    expect: {
      ...RESTORED,
      ledger: ['backup sent', 'migrate sent', 'migrate refused', 'restore sent'],
    },
  }),
  row({
    step: 'restore',
    accident: 'it fails, too: a person has it done again',
    faults: bothFail,
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...RESTORED,
      effects: [...RESTORED.effects, 'site.restore'],
      ledger: [...RESTORED.ledger, 'attention: StepFailed', 'says: retry', 'restore sent'],
    },
  }),
  row({
    step: 'restore',
    accident: 'it fails, too: a person mends the site by hand',
    faults: bothFail,
    asks: [{ problem: 'StepFailed', says: 'accept', after: mended }],
    expect: {
      ...RESTORED,
      outcome: 'abandoned',
      left: `${AS_BEFORE}, other data`,
      ledger: [...RESTORED.ledger, 'attention: StepFailed', 'says: accept'],
      says: /repaired by hand/,
    },
  }),
  row({
    step: 'verify',
    accident: 'it does not answer HTTP: mended, and read once more',
    world: 'impatient verification',
    ...silentFrom(did('site.migrate')),
    expect: {
      ...DONE,
      ledger: [...DONE.ledger, 'attention: VerificationFailed', 'says: retry'],
    },
  }),
];

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly MigrateRow[] = [
  ...killedInCall({ ...MIGRATE, method: 'Site.migrate', effect: 'site.migrate' }),
  killedInBackup(DONE),
  killedInJob('migrate', JOB, DONE, { kind: 'slow', factor: 50 }),
].map(row);

export const migrateRows: readonly MigrateRow[] = [...beforeRows, ...callRows, ...jobRows];
