import type { UpdateSiteInput } from '../../../src/client.js';
import { onMethod } from '../../integration/provision/support.js';
import { BACK, THERE } from '../../integration/upgrade/support.js';
import { killedInBackup, killedInCall, killedInJob } from '../killed.js';
import { stepsOf } from '../provision/common.js';
import type { Row, Scene } from '../row.js';
import { abandonedRow, type Call, lostRows, refusedRow, repeatedRow } from '../sending.js';
import { cancelledInBackup, COPIED, type Told, withSite } from '../upgrade/common.js';
import { fatalAfterMove, fatalBeforeMove, onThere } from '../upgrade/rows.js';

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

const UPDATE: Call = {
  step: 'update',
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'schedule_update', fault)] }),
  done: DONE,
};

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
  row(cancelledInBackup(AS_BEFORE)),
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

const UNTOUCHED = { effects: COPIED, left: AS_BEFORE };
const callRows: readonly UpdateRow[] = [
  ...lostRows(UPDATE),
  refusedRow(UPDATE, UNTOUCHED),
  repeatedRow(UPDATE),
  abandonedRow(UPDATE, UNTOUCHED),
].map(row);

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
    faults: fatalBeforeMove,
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

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly UpdateRow[] = [
  ...killedInCall({ ...UPDATE, method: 'Site.schedule_update', effect: 'update.create' }),
  killedInBackup(DONE),
  killedInJob('update', THERE, DONE),
].map(row);

export const updateRows: readonly UpdateRow[] = [...beforeRows, ...callRows, ...jobRows];
