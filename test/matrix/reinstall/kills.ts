import { onJob } from '../../integration/provision/support.js';
import { killed, killedInBackup, killedInCall, killedInJob, SLOW } from '../killed.js';
import { runs } from '../provision/common.js';
import { BACK, BACKUP, DONE, JOB, REINSTALL, type ReinstallRow } from './common.js';

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly ReinstallRow[] = [
  ...killedInCall({ ...BACKUP, method: 'Site.schedule_backup', effect: 'backup.create' }),
  killedInBackup(DONE, 'backup'),
  ...killedInCall({
    ...REINSTALL,
    method: 'press.api.site.reinstall',
    effect: 'site.reinstall',
  }),
  killedInJob('reinstall', JOB, DONE),
  killed({
    step: 'restore',
    accident: 'while it goes back',
    faults: ({ site }) => [
      onJob(site, JOB, { kind: 'fail_step', step: JOB }),
      onJob(site, 'Restore Site', SLOW),
    ],
    when: runs('Restore Site'),
    expect: BACK,
  }),
];
