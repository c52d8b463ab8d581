import { BEFORE, killed, killedInBackup, killedInCall, killedInJob, SLOW } from '../killed.js';
import { called, runs } from '../provision/common.js';
import type { Moment } from '../row.js';
import { BACK_AGAIN, DONE, failsIn, onRestore, RESTORE, type RestoreRow, row } from './common.js';

/** Only the verification asks for it. */
const READ_BACK = 'press.api.site.site_config';

/** The way back has begun on the server: the first job has failed, the second one runs. */
const goesBack: Moment = (scene, status) =>
  status.steps.some(({ name }) => name === 'restore safety copy') &&
  runs('Restore Site')(scene, status);

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly RestoreRow[] = [
  killedInBackup(DONE),
  ...killedInCall({
    ...RESTORE,
    method: 'Site.restore_site_from_files',
    effect: 'site.restore',
  }),
  killedInJob('restore', 'Restore Site', DONE),
  killed({
    step: 'restore safety copy',
    accident: 'while it goes back',
    faults: (names) => [
      ...failsIn('Restore Site')(names),
      ...onRestore(SLOW, { times: 'always' })(names),
    ],
    when: goesBack,
    expect: BACK_AGAIN,
  }),
  killed({
    step: 'verify',
    accident: 'while it reads',
    faults: ({ site }) => [{ call: { method: READ_BACK, body: { name: site } }, fault: BEFORE }],
    when: called(READ_BACK),
    expect: DONE,
  }),
].map(row);
