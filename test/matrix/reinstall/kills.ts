import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import { called, did, follows, runs } from '../provision/common.js';
import type { Moment, Names } from '../row.js';
import { BACK, DONE, JOB, onCall, type ReinstallRow } from './common.js';

/** Only the kill ends it: the worker would wait for two minutes of real time. */
const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };

const killed = (
  step: string,
  accident: string,
  when: Moment,
  faults: (names: Names) => readonly FaultRule[],
  expect: ReinstallRow['expect'],
): ReinstallRow => ({
  path: 'When the worker is killed',
  world: 'a worker that is killed',
  step,
  accident,
  faults,
  acts: [{ do: 'kill', when }],
  expect,
});

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly ReinstallRow[] = [
  killed(
    'backup',
    'before Press has the call: sent again after five minutes',
    called('Site.schedule_backup'),
    ({ site }) => [onMethod(site, 'schedule_backup', BEFORE)],
    DONE,
  ),
  killed(
    'backup',
    'after Press has begun: found, one backup only',
    did('backup.create'),
    ({ site }) => [onMethod(site, 'schedule_backup', AFTER)],
    { ...DONE, ledger: ['backup adopted', 'reinstall sent'] },
  ),
  killed(
    'backup',
    'while it is made',
    follows('backup'),
    ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 20 })],
    DONE,
  ),
  killed(
    'reinstall',
    'before Press has the call: sent again after five minutes',
    called('press.api.site.reinstall'),
    ({ site }) => [onCall(site, BEFORE)],
    DONE,
  ),
  killed(
    'reinstall',
    'after Press has begun: found',
    did('site.reinstall'),
    ({ site }) => [onCall(site, AFTER)],
    { ...DONE, ledger: ['backup sent', 'reinstall adopted'] },
  ),
  killed(
    'reinstall',
    'while the job runs',
    runs(JOB),
    ({ site }) => [onJob(site, JOB, { kind: 'slow', factor: 20 })],
    DONE,
  ),
  killed(
    'restore',
    'while it goes back',
    runs('Restore Site'),
    ({ site }) => [
      onJob(site, JOB, { kind: 'fail_step', step: JOB }),
      onJob(site, 'Restore Site', { kind: 'slow', factor: 20 }),
    ],
    BACK,
  ),
];
