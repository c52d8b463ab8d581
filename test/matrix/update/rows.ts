import type { CallFault, FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { UpdateSiteInput } from '../../../src/client.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import { BACK, BACK_ON, failsAt, THERE } from '../../integration/upgrade/support.js';
import { called, did, follows, runs, stepsOf } from '../provision/common.js';
import type { Names, Row, Scene } from '../row.js';
import { COPIED, DEADLOCK, LOST, NO, NONSENSE, type Told, withSite } from '../upgrade/common.js';

export type UpdateRow = Row<UpdateSiteInput>;

const V15 = { group: 'bench-0001', version: 'Version 15' };

/** The group of the site has a newer bench. */
const newerBench = ({ harness }: Scene): void => void harness.simulator.releaseUpdate('bench-0001');

/** A row about a site for which a newer bench waits. */
const row = ({ before, path = 'A newer bench', ...told }: Told<UpdateSiteInput>): UpdateRow => ({
  ...told,
  path,
  before: withSite(V15, async (scene) => {
    newerBench(scene);
    await before?.(scene);
  }),
});

const SENT = [...COPIED, 'update.create'] as const;
const DONE = {
  outcome: 'succeeded',
  effects: SENT,
  left: 'the site, Active, Version 15, a new bench',
  ledger: ['backup sent', 'update sent'],
} as const;
const AS_BEFORE = 'the site, Active, Version 15, its old bench';
const BACK_AGAIN = { ...DONE, outcome: 'rolled_back', left: AS_BEFORE } as const;
const REFUSED = { outcome: 'refused', effects: [], left: AS_BEFORE, ledger: [] } as const;
const RESTORED = {
  ...BACK_AGAIN,
  effects: [...SENT, 'site.restore'],
  ledger: ['backup sent', 'update sent', 'restore sent'],
} as const;

const onUpdate = (site: string, fault: CallFault): FaultRule =>
  onMethod(site, 'schedule_update', fault);
const onThere =
  (fault: JobFault) =>
  ({ site }: Names): readonly FaultRule[] => [onJob(site, THERE, fault)];
const fatalAfterMove =
  (step: string) =>
  ({ site }: Names): readonly FaultRule[] => [
    failsAt(site, THERE, 'Migrate Site'),
    failsAt(site, BACK, step),
  ];

const beforeRows: readonly UpdateRow[] = [
  {
    path: 'A newer bench',
    step: 'preflight',
    accident: 'there is none',
    world: 'nothing newer',
    before: withSite(V15),
    expect: { ...REFUSED, says: /up to date/ },
  },
  row({
    step: 'preflight',
    accident: 'an update is scheduled already',
    before: async ({ harness, site }) => {
      const args = { skip_backups: false, scheduled_time: '2099-01-01 00:00:00' };
      const call = { dt: 'Site', dn: site, method: 'schedule_update', args };
      await harness.press('main', 'press.api.client.run_doc_method', call);
    },
    expect: { ...REFUSED, says: /is scheduled \(2099-01-01.*cancel it first/ },
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
  row({
    step: 'safety copy',
    accident: 'done without, as somebody approved',
    world: 'nobody else deploys',
    input: () => ({ safetyCopy: 'skip' }),
    acts: [
      {
        do: 'meddle',
        when: (_, { state }) => state === 'waiting_approval',
        deed: async ({ harness, site }) => {
          await harness.client.approve(site, {
            by: 'kim',
            reason: 'a test site',
            acknowledges: ['no-safety-copy'],
          });
        },
      },
    ],
    expect: { ...DONE, effects: ['update.create'], ledger: ['says: approve', 'update sent'] },
  }),
];

const callRows: readonly UpdateRow[] = [
  ...LOST.map(([accident, fault, how]) =>
    row({
      step: 'update',
      accident,
      faults: ({ site }) => [onUpdate(site, fault)],
      expect: { ...DONE, ledger: ['backup sent', `update ${how}`] },
    }),
  ),
  row({
    step: 'update',
    accident: 'Press refuses',
    faults: ({ site }) => [onUpdate(site, NO)],
    expect: {
      ...REFUSED,
      effects: COPIED,
      ledger: ['backup sent', 'update refused'],
      says: /not today/,
    },
  }),
  row({
    step: 'update',
    accident: 'a database deadlock',
    faults: ({ site }) => [onUpdate(site, DEADLOCK)],
    expect: { ...DONE, ledger: ['backup sent', 'update failed', 'update sent'] },
  }),
  row({
    step: 'update',
    accident: 'Press answers with an error nobody understands: abandon',
    faults: ({ site }) => [onUpdate(site, NONSENSE)],
    asks: [{ problem: 'Defect', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: COPIED,
      left: AS_BEFORE,
      ledger: ['backup sent', 'update failed', 'attention: Defect', 'says: abandon'],
    },
  }),
];

const jobRows: readonly UpdateRow[] = [
  ...stepsOf(THERE)
    .filter((_, index) => index % 3 === 0)
    .map((step) =>
      row({
        step: 'update',
        accident: `job ${THERE}: step "${step}" fails, and Press puts it back`,
        faults: onThere({ kind: 'fail_step', step }),
        expect: { ...BACK_AGAIN, says: /Press has put everything back/ },
      }),
    ),
  row({
    step: 'update',
    accident: 'the server is never reached: nothing was done',
    faults: onThere({ kind: 'delivery_failure', afterSeconds: 60 }),
    expect: { ...BACK_AGAIN, says: /never delivered/ },
  }),
  row({
    step: 'recovery',
    accident: `job ${BACK}: step "Restore Touched Tables" fails: the copy is restored`,
    faults: fatalAfterMove('Restore Touched Tables'),
    expect: RESTORED,
  }),
  row({
    step: 'recovery',
    accident: 'it never moved, and cannot be switched on: the copy is restored',
    faults: ({ site }) => [failsAt(site, THERE, 'Backup Site Tables'), failsAt(site, BACK_ON, 0)],
    expect: RESTORED,
  }),
  row({
    step: 'recovery',
    accident: `job ${BACK}: step "Move Site" fails: restored on the new bench`,
    faults: fatalAfterMove('Move Site'),
    asks: [{ problem: 'StepFailed', says: 'restore_forward' }],
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: [...SENT, 'site.restore'],
      left: 'the site, Active, Version 15, a new bench',
      ledger: [
        'backup sent',
        'update sent',
        'attention: StepFailed',
        'says: restore_forward',
        'restore forward sent',
      ],
    },
  }),
];

const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };
const KILLED = { path: 'When the worker is killed', world: 'a worker that is killed' } as const;

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly UpdateRow[] = [
  row({
    ...KILLED,
    step: 'update',
    accident: 'before Press has the call: sent again after five minutes',
    faults: ({ site }) => [onUpdate(site, BEFORE)],
    acts: [{ do: 'kill', when: called('Site.schedule_update') }],
    expect: DONE,
  }),
  row({
    ...KILLED,
    step: 'update',
    accident: 'after Press has begun: found',
    faults: ({ site }) => [onUpdate(site, AFTER)],
    acts: [{ do: 'kill', when: did('update.create') }],
    expect: { ...DONE, ledger: ['backup sent', 'update adopted'] },
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
    step: 'update',
    accident: 'while the job runs',
    faults: onThere({ kind: 'slow', factor: 20 }),
    acts: [{ do: 'kill', when: runs(THERE) }],
    expect: DONE,
  }),
];

export const updateRows: readonly UpdateRow[] = [...beforeRows, ...callRows, ...jobRows];
