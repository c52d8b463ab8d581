import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { onJob } from '../../integration/provision/support.js';
import { THERE } from '../../integration/upgrade/support.js';
import { called, did, follows, isIn, onSiteRead, runs } from '../provision/common.js';
import type { Moment, Names } from '../row.js';
import { DONE, fatalBeforeMove, onUpgrade, RESTORED, row, type UpgradeRow } from './rows.js';

const KILLED = { path: 'When the worker is killed', world: 'a worker that is killed' } as const;

/** Only the kill ends it: the worker would wait for two minutes of real time. */
const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };

const killed = (
  step: string,
  accident: string,
  when: Moment,
  faults: (names: Names) => readonly FaultRule[],
  expect: UpgradeRow['expect'],
): UpgradeRow =>
  row({
    ...KILLED,
    step,
    accident,
    faults,
    acts: [{ do: 'kill', when }],
    expect,
  });

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly UpgradeRow[] = [
  killed(
    'safety copy',
    'while the backup is made',
    follows('backup'),
    ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 20 })],
    DONE,
  ),
  killed(
    'upgrade',
    'before Press has the call: sent again after five minutes',
    called('press.api.site.version_upgrade'),
    ({ site }) => [onUpgrade(site, BEFORE)],
    DONE,
  ),
  killed(
    'upgrade',
    'after Press has begun: found',
    did('upgrade.create'),
    ({ site }) => [onUpgrade(site, AFTER)],
    { ...DONE, ledger: ['backup sent', 'upgrade adopted'] },
  ),
  killed(
    'upgrade',
    'while the job runs',
    runs(THERE),
    ({ site }) => [onJob(site, THERE, { kind: 'slow', factor: 20 })],
    DONE,
  ),
  killed(
    'restore',
    'while the copy is restored',
    runs('Restore Site'),
    (names) => [
      ...fatalBeforeMove(names),
      onJob(names.site, 'Restore Site', { kind: 'slow', factor: 20 }),
    ],
    RESTORED,
  ),
  row({
    ...KILLED,
    step: 'verify',
    accident: 'while it reads',
    acts: [
      {
        do: 'meddle',
        when: did('upgrade.create'),
        deed: ({ harness, site }) => void harness.simulator.addFault(onSiteRead(site, BEFORE)),
      },
      { do: 'kill', when: isIn('verifying') },
    ],
    expect: DONE,
  }),
];
