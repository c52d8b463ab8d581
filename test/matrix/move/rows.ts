import type { JobFault } from '../../../simulators/press/index.js';
import { onJob } from '../../integration/provision/support.js';
import { MIGRATION, migrationFails, OWN_GROUP } from '../../integration/move/support.js';
import { BACK, failsAt, THERE } from '../../integration/upgrade/support.js';
import { killed, killedInBackup, killedInCall, killedInJob } from '../killed.js';
import { did } from '../provision/common.js';
import type { Scene } from '../row.js';
import { abandonedRow, lostRows, refusedRow, repeatedRow, retriedRow } from '../sending.js';
import { silentFrom } from '../silent.js';
import { cancelledInBackup, COPIED } from '../upgrade/common.js';
import {
  AS_BEFORE,
  DONE,
  DROPPED,
  DROPPED_OFF,
  IN_REGION,
  intoGroup,
  MOVE,
  MOVED,
  type MoveRow,
  toRegion,
} from './common.js';

const UNTOUCHED = { effects: COPIED, left: AS_BEFORE } as const;
const PUT_BACK = { ...DONE, outcome: 'rolled_back', left: AS_BEFORE } as const;

const ASKED = 'attention: StepFailed';
/** Its files are not where its record says: only people can mend that. */
const GONE = {
  ...MOVED,
  outcome: 'abandoned',
  left: DROPPED,
  ledger: ['backup sent', 'move sent', ASKED, 'says: abandon'],
  says: /not on its old server any more: do not activate it/,
} as const;

/** Where it was before. */
const ACTIVATED_THERE = {
  ...MOVED,
  outcome: 'rolled_back',
  effects: [...MOVED.effects, 'site.activate'],
  left: AS_BEFORE,
  ledger: ['backup sent', 'move sent', 'activate sent'],
} as const;

/** After the end of any test. */
const FAR_AHEAD = '2036-01-01 00:00';

const archiveFails = (step: string): JobFault => ({ kind: 'fail_step', step });

/** As somebody does in the dashboard. */
const activated = async ({ harness, site }: Scene): Promise<void> => {
  const call = { dt: 'Site', dn: site, method: 'activate', args: {} };
  await harness.press('main', 'press.api.client.run_doc_method', call);
};

/** Planned in the dashboard for much later, and thought better of: what ours did lies before that. */
const plannedAndCancelled = async ({ harness, site }: Scene): Promise<void> => {
  const run = (dt: string, dn: string, method: string, args: object): Promise<unknown> =>
    harness.press('main', 'press.api.client.run_doc_method', { dt, dn, method, args });
  const plan = { type: 'Move Site To Different Server / Bench', group: OWN_GROUP };
  await run('Site', site, 'create_migration_plan', { ...plan, scheduled_time: FAR_AHEAD });
  const planned = harness.simulator.estate().actions.findLast((row) => row.site === site);
  await run('Site Action', planned?.name ?? '', 'cancel_action', {});
};

const callRows: readonly MoveRow[] = [
  cancelledInBackup(AS_BEFORE),
  ...lostRows(MOVE),
  refusedRow(MOVE, UNTOUCHED),
  repeatedRow(MOVE),
  retriedRow(MOVE),
  abandonedRow(MOVE, UNTOUCHED),
].map(intoGroup);

const groupRows: readonly MoveRow[] = [
  {
    step: 'move',
    accident: 'its update fails: Press puts it back',
    faults: ({ site }: { readonly site: string }) => [failsAt(site, THERE, 'Migrate Site')],
    expect: { ...PUT_BACK, says: /Press has put everything back/ },
  },
  {
    step: 'move',
    accident: 'its update fails, and so does putting it back: the copy is restored',
    faults: ({ site }: { readonly site: string }) => [
      failsAt(site, THERE, 'Migrate Site'),
      failsAt(site, BACK, 'Restore Touched Tables'),
    ],
    expect: {
      ...PUT_BACK,
      effects: [...DONE.effects, 'site.restore'],
      ledger: ['backup sent', 'move sent', 'restore sent'],
      says: /Press could not put it back/,
    },
  },
  {
    step: 'move',
    accident: 'the server is never reached: as before',
    faults: ({ site }: { readonly site: string }) => [
      onJob(site, THERE, { kind: 'delivery_failure', afterSeconds: 60 }),
    ],
    expect: { ...PUT_BACK, says: /never delivered/ },
  },
  {
    step: 'verify',
    accident: 'it does not answer HTTP: mended, and read once more',
    world: 'impatient verification',
    ...silentFrom(did('action.create')),
    expect: {
      ...DONE,
      ledger: [...DONE.ledger, 'attention: VerificationFailed', 'says: retry'],
    },
  },
].map(intoGroup);

const regionRows: readonly MoveRow[] = [
  toRegion({
    step: 'move',
    accident: 'its backup fails: Press puts it back into service',
    faults: ({ site }) => [migrationFails(site, 'Backup site on source')],
    expect: { ...MOVED, outcome: 'rolled_back', left: AS_BEFORE, says: /move failed/ },
  }),
  toRegion({
    step: 'move',
    accident: 'another step fails, and Press leaves it switched off: activated',
    faults: ({ site }) => [migrationFails(site, 'Deactivate site on source')],
    expect: ACTIVATED_THERE,
  }),
  toRegion({
    step: 'move',
    accident: 'it cannot be taken off its old server: activated there',
    faults: ({ site }) => [onJob(site, 'Archive Site', archiveFails('Archive Site'))],
    expect: ACTIVATED_THERE,
  }),
  toRegion({
    step: 'move',
    accident: 'it fails once its directory is gone: never activated, a person is asked',
    faults: ({ site }) => [onJob(site, 'Archive Site', archiveFails('Reload NGINX'))],
    asks: [
      { problem: 'StepFailed', says: 'retry' },
      { problem: 'StepFailed', says: 'abandon' },
    ],
    expect: {
      ...GONE,
      left: DROPPED_OFF,
      ledger: ['backup sent', 'move sent', ASKED, 'says: retry', ASKED, 'says: abandon'],
    },
  }),
  toRegion({
    step: 'move',
    accident:
      'its directory is gone, and somebody plans another move and cancels it: as before that',
    faults: ({ site }) => [onJob(site, 'Archive Site', archiveFails('Reload NGINX'))],
    asks: [
      { problem: 'StepFailed', says: 'retry', after: plannedAndCancelled },
      { problem: 'StepFailed', says: 'abandon' },
    ],
    expect: {
      ...GONE,
      effects: [...MOVED.effects, 'action.create'],
      left: DROPPED_OFF,
      ledger: ['backup sent', 'move sent', ASKED, 'says: retry', ASKED, 'says: abandon'],
    },
  }),
  toRegion({
    step: 'move',
    accident: 'Press activates it although its directory is gone: a person is asked',
    faults: ({ site }) => [migrationFails(site, 'Update fields of original site record')],
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: GONE,
  }),
  toRegion({
    step: 'move',
    accident: 'it has moved and is left switched off: a person has activated it',
    faults: ({ site }) => [migrationFails(site, 'Reset site status on destination')],
    asks: [{ problem: 'StepFailed', says: 'retry', after: activated }],
    expect: {
      ...MOVED,
      outcome: 'succeeded_with_exceptions',
      effects: [...MOVED.effects, 'site.activate'],
      left: IN_REGION,
      ledger: ['backup sent', 'move sent', ASKED, 'says: retry'],
    },
  }),
  toRegion({
    step: 'move',
    accident: 'the last step fails, when it has moved: listed',
    faults: ({ site }) => [migrationFails(site, 'Update site plan')],
    expect: {
      ...MOVED,
      outcome: 'succeeded_with_exceptions',
      left: IN_REGION,
      says: /it has moved, although Press says/,
    },
  }),
];

export const moveRows: readonly MoveRow[] = [...callRows, ...groupRows, ...regionRows];

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly MoveRow[] = [
  ...[
    ...killedInCall({ ...MOVE, method: 'Site.create_migration_plan', effect: 'action.create' }),
    killedInBackup(DONE),
    killedInJob('move', THERE, DONE),
  ].map(intoGroup),
  toRegion(
    killed({
      step: 'move',
      accident: 'while it is on its way between servers',
      faults: ({ site }) => [onJob(site, MIGRATION, { kind: 'slow', factor: 3 })],
      when: did('migration.create'),
      expect: MOVED,
    }),
  ),
];
