import type { CallFault, FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { MigrateSiteInput } from '../../../src/client.js';
import { eventually, onJob, onMethod, siteIn } from '../../integration/provision/support.js';
import { failsAt } from '../../integration/upgrade/support.js';
import { called, did, follows, isIn, runs } from '../provision/common.js';
import type { Names, Row, Scene } from '../row.js';
import { COPIED, DEADLOCK, LOST, NO, NONSENSE, type Told, withSite } from '../upgrade/common.js';

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

const onMigrate = (site: string, fault: CallFault): FaultRule => onMethod(site, 'migrate', fault);
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
    acts: [
      {
        do: 'meddle',
        when: isIn('waiting_approval'),
        deed: async ({ harness, site }) => {
          await harness.client.approve(site, {
            by: 'kim',
            reason: 'it is broken anyway',
            acknowledges: ['no-safety-copy-at-all'],
          });
        },
      },
    ],
    expect: { ...DONE, effects: ['site.migrate'], ledger: ['says: approve', 'migrate sent'] },
  }),
  row({
    step: 'safety copy',
    accident: 'cancelled while the backup is made',
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 5 })],
    acts: [{ do: 'cancel', when: follows('backup') }],
    expect: {
      outcome: 'cancelled',
      effects: ['backup.create'],
      left: AS_BEFORE,
      ledger: ['backup sent'],
    },
  }),
];

const callRows: readonly MigrateRow[] = [
  ...LOST.map(([accident, fault, how]) =>
    row({
      step: 'migrate',
      accident,
      faults: ({ site }) => [onMigrate(site, fault)],
      expect: { ...DONE, ledger: ['backup sent', `migrate ${how}`] },
    }),
  ),
  row({
    step: 'migrate',
    accident: 'Press refuses',
    faults: ({ site }) => [onMigrate(site, NO)],
    expect: {
      outcome: 'refused',
      effects: COPIED,
      left: AS_BEFORE,
      ledger: ['backup sent', 'migrate refused'],
      says: /not today/,
    },
  }),
  row({
    step: 'migrate',
    accident: 'a database deadlock',
    faults: ({ site }) => [onMigrate(site, DEADLOCK)],
    expect: { ...DONE, ledger: ['backup sent', 'migrate failed', 'migrate sent'] },
  }),
  row({
    step: 'migrate',
    accident: 'Press answers with an error nobody understands: retry',
    faults: ({ site }) => [onMigrate(site, NONSENSE)],
    asks: [{ problem: 'Defect', says: 'retry' }],
    expect: {
      ...DONE,
      ledger: ['backup sent', 'migrate failed', 'attention: Defect', 'says: retry', 'migrate sent'],
    },
  }),
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
      says: /restored, leaving out patches that fail/,
    },
  }),
  row({
    step: 'verify',
    accident: 'it does not answer HTTP: mended, and read once more',
    world: 'impatient verification',
    acts: [
      {
        do: 'meddle',
        when: did('site.migrate'),
        deed: ({ harness, site }) => harness.simulator.setResponsive(site, false),
      },
    ],
    asks: [
      {
        problem: 'VerificationFailed',
        says: 'retry',
        after: ({ harness, site }) => harness.simulator.setResponsive(site, true),
      },
    ],
    expect: {
      ...DONE,
      ledger: [...DONE.ledger, 'attention: VerificationFailed', 'says: retry'],
    },
  }),
];

const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };
const KILLED = { path: 'When the worker is killed', world: 'a worker that is killed' } as const;

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly MigrateRow[] = [
  row({
    ...KILLED,
    step: 'migrate',
    accident: 'before Press has the call: sent again after five minutes',
    faults: ({ site }) => [onMigrate(site, BEFORE)],
    acts: [{ do: 'kill', when: called('Site.migrate') }],
    expect: DONE,
  }),
  row({
    ...KILLED,
    step: 'migrate',
    accident: 'after Press has begun: found',
    faults: ({ site }) => [onMigrate(site, AFTER)],
    acts: [{ do: 'kill', when: did('site.migrate') }],
    expect: { ...DONE, ledger: ['backup sent', 'migrate adopted'] },
  }),
  row({
    ...KILLED,
    step: 'safety copy',
    accident: 'while the backup is made',
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 20 })],
    acts: [{ do: 'kill', when: follows('backup') }],
    expect: DONE,
  }),
  row({
    ...KILLED,
    step: 'migrate',
    accident: 'while the job runs',
    faults: onMigration({ kind: 'slow', factor: 50 }),
    acts: [{ do: 'kill', when: runs(JOB) }],
    expect: DONE,
  }),
];

export const migrateRows: readonly MigrateRow[] = [...beforeRows, ...callRows, ...jobRows];
