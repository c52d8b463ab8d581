import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { onCreate, onJob, onMethod } from '../../integration/provision/support.js';
import { did, runs } from '../provision/common.js';
import type { Moment, Names } from '../row.js';
import { BACK, UNDONE, type UnarchiveRow } from './common.js';

/** Only the kill ends it: the worker would wait for two minutes of real time. */
const AFTER: CallFault = { kind: 'hang' };

const killed = (
  step: string,
  accident: string,
  when: Moment,
  faults: (names: Names) => readonly FaultRule[],
  expect: UnarchiveRow['expect'],
): UnarchiveRow => ({
  path: 'When the worker is killed',
  world: 'a worker that is killed',
  step,
  accident,
  faults,
  acts: [{ do: 'kill', when }],
  expect,
});

const failed = (site: string) =>
  onJob(site, 'Restore Site', { kind: 'fail_step', step: 'Restore Site' });

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly UnarchiveRow[] = [
  killed(
    'create',
    'after Press has done it: found',
    ({ harness, site }) => harness.simulator.estate().sites.some(({ name }) => name === site),
    ({ subdomain }) => [onCreate(subdomain, AFTER)],
    { ...BACK, ledger: ['create adopted', 'restore sent'] },
  ),
  killed(
    'restore',
    'after Press has begun: found',
    did('site.restore'),
    ({ site }) => [onMethod(site, 'restore_site_from_files', AFTER)],
    { ...BACK, ledger: ['create sent', 'restore adopted'] },
  ),
  killed(
    'restore',
    'while the job runs',
    runs('Restore Site'),
    ({ site }) => [onJob(site, 'Restore Site', { kind: 'slow', factor: 20 })],
    BACK,
  ),
  killed(
    'undo',
    'after Press has begun to archive the new site: found',
    ({ harness, site }) =>
      harness.simulator
        .effects()
        .filter(({ effect, target }) => effect === 'site.archive' && target === site).length === 2,
    ({ site }) => [failed(site), onMethod(site, 'archive', AFTER)],
    { ...UNDONE, ledger: ['create sent', 'restore sent', 'undo create adopted'] },
  ),
];
