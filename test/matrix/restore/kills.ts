import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { onJob } from '../../integration/provision/support.js';
import { called, did, follows, runs } from '../provision/common.js';
import type { Moment, Names } from '../row.js';
import { BACK_AGAIN, DONE, failsIn, onCall, onRestore, type RestoreRow, row } from './common.js';

/** Only the kill ends it: the worker would wait for two minutes of real time. */
const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };
/** Only the verification asks for it. */
const READ_BACK = 'press.api.site.site_config';

const killed = (
  step: string,
  accident: string,
  when: Moment,
  faults: (names: Names) => readonly FaultRule[],
  expect: RestoreRow['expect'],
): RestoreRow =>
  row({
    path: 'When the worker is killed',
    world: 'a worker that is killed',
    step,
    accident,
    faults,
    acts: [{ do: 'kill', when }],
    expect,
  });

const slow = onRestore({ kind: 'slow', factor: 20 }, { times: 'always' });

/** The way back has begun on the server: the first job has failed, the second one runs. */
const goesBack: Moment = (scene, status) =>
  status.steps.some(({ name }) => name === 'restore safety copy') &&
  runs('Restore Site')(scene, status);

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly RestoreRow[] = [
  killed(
    'safety copy',
    'while the backup is made',
    follows('backup'),
    ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 20 })],
    DONE,
  ),
  killed(
    'restore',
    'before Press has the call: sent again after five minutes',
    called('Site.restore_site_from_files'),
    ({ site }) => [onCall(site, BEFORE)],
    DONE,
  ),
  killed(
    'restore',
    'after Press has begun: found',
    did('site.restore'),
    ({ site }) => [onCall(site, AFTER)],
    {
      ...DONE,
      ledger: ['backup sent', 'restore adopted'],
    },
  ),
  killed('restore', 'while the job runs', runs('Restore Site'), slow, DONE),
  killed(
    'restore safety copy',
    'while it goes back',
    goesBack,
    (names) => [...failsIn('Restore Site')(names), ...slow(names)],
    BACK_AGAIN,
  ),
  killed(
    'verify',
    'while it reads',
    called(READ_BACK),
    ({ site }) => [{ call: { method: READ_BACK, body: { name: site } }, fault: BEFORE }],
    DONE,
  ),
];
