import { onJob } from '../../integration/provision/support.js';
import { THERE } from '../../integration/upgrade/support.js';
import { BEFORE, killed, killedInBackup, killedInCall, killedInJob, SLOW } from '../killed.js';
import { did, isIn, onSiteRead, runs } from '../provision/common.js';
import { DONE, fatalBeforeMove, RESTORED, row, UPGRADE, type UpgradeRow } from './rows.js';

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly UpgradeRow[] = [
  killedInBackup(DONE),
  ...killedInCall({
    ...UPGRADE,
    method: 'press.api.site.version_upgrade',
    effect: 'upgrade.create',
  }),
  killedInJob('upgrade', THERE, DONE),
  killed({
    step: 'restore',
    accident: 'while the copy is restored',
    faults: (names) => [...fatalBeforeMove(names), onJob(names.site, 'Restore Site', SLOW)],
    when: runs('Restore Site'),
    expect: RESTORED,
  }),
  killed({
    step: 'verify',
    accident: 'while it reads',
    acts: [
      {
        do: 'meddle',
        when: did('upgrade.create'),
        deed: ({ harness, site }) => void harness.simulator.addFault(onSiteRead(site, BEFORE)),
      },
    ],
    when: isIn('verifying'),
    expect: DONE,
  }),
].map(row);
