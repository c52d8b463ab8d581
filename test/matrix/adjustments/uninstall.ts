import { isIn } from '../provision/common.js';
import type { Scene, UnplacedRow } from '../row.js';
import { cancelledInBackup, COPIED } from '../upgrade/common.js';
import { UNINSTALL_APP } from './calls.js';
import { type AdjustmentRow, jobFails } from './common.js';
import { rowOf } from './sending.js';

const JOB = 'Uninstall App from Site';
const STEP = 'Uninstall App from Site';
const { left } = UNINSTALL_APP.untouched;
const UNPAID = 'the site, Active; with insights';
const SENT = [...COPIED, 'app.uninstall'] as const;
const LEDGER = ['backup sent', 'uninstall app sent'] as const;
const RESUMED = 'back: resume app subscription sent';

const fails = (times = 1) => jobFails(JOB, times, { kind: 'fail_step', step: STEP });

/** Policy has somebody know that there is no way back. */
async function approveWithout({ harness: { client }, site }: Scene): Promise<void> {
  const { plan } = await client.status(site);
  const acknowledges = plan?.approval?.acknowledge ?? [];
  await client.approve(site, { by: 'kim', reason: 'it holds nothing', acknowledges });
}

const withoutCopy = (row: UnplacedRow): AdjustmentRow => ({
  ...rowOf(UNINSTALL_APP, row),
  acts: [{ do: 'meddle', when: isIn('waiting_approval'), deed: approveWithout }],
  input: () => ({ kind: 'uninstall-app', app: 'insights', safetyCopy: 'skip' }),
});

/** Taking an app off, which takes its data along. */
export const uninstallRows: readonly AdjustmentRow[] = [
  rowOf(UNINSTALL_APP, cancelledInBackup(left)),
  rowOf(UNINSTALL_APP, {
    step: 'safety copy',
    accident: 'the backup fails twice: a person leaves it, and nothing was done',
    faults: jobFails('Backup Site', 9),
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: ['backup.create', 'backup.create'],
      left,
      ledger: ['backup sent', 'attention: StepFailed', 'says: abandon'],
    },
  }),
  rowOf(UNINSTALL_APP, {
    step: 'uninstall app',
    accident: 'its job fails: the copy is restored, and the app paid for again',
    faults: fails(),
    expect: {
      outcome: 'rolled_back',
      effects: [...SENT, 'site.restore', 'app_plan.change'],
      left,
      ledger: [...LEDGER, 'restore sent', RESUMED],
      says: /uninstall app failed/,
    },
  }),
  rowOf(UNINSTALL_APP, {
    step: 'uninstall app',
    accident: 'the server is never reached: the app is paid for again',
    faults: jobFails(JOB, 1, { kind: 'delivery_failure', afterSeconds: 60 }),
    expect: {
      outcome: 'rolled_back',
      effects: [...SENT, 'app_plan.change'],
      left,
      ledger: [...LEDGER, RESUMED],
      says: /never delivered/,
    },
  }),
  rowOf(UNINSTALL_APP, {
    step: 'restore',
    accident: 'it fails, too: a person has it done again',
    faults: (names) => [
      ...fails()(names),
      ...jobFails('Restore Site', 1, { kind: 'fail_step', step: 'Restore Site' })(names),
    ],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      outcome: 'rolled_back',
      effects: [...SENT, 'site.restore', 'site.restore', 'app_plan.change'],
      left,
      ledger: [
        ...LEDGER,
        'restore sent',
        'attention: StepFailed',
        'says: retry',
        'restore sent',
        RESUMED,
      ],
    },
  }),
  withoutCopy({
    step: 'uninstall app',
    accident: 'its job fails, and there is no copy: a person has it done again',
    faults: fails(),
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      outcome: 'succeeded',
      effects: ['app.uninstall', 'app.uninstall'],
      left: 'the site, Active',
      ledger: [
        'says: approve',
        'uninstall app sent',
        'attention: StepFailed',
        'says: retry',
        'uninstall app sent',
      ],
    },
  }),
  withoutCopy({
    step: 'uninstall app',
    accident: 'its job fails, and there is no copy: a person leaves it',
    faults: fails(),
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: ['app.uninstall'],
      left: UNPAID,
      ledger: ['says: approve', 'uninstall app sent', 'attention: StepFailed', 'says: abandon'],
      says: /there is no copy of it/,
    },
  }),
];
