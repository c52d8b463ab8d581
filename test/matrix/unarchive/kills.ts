import { onCreate, onJob, onMethod } from '../../integration/provision/support.js';
import { AFTER, killed, killedInJob } from '../killed.js';
import { did } from '../provision/common.js';
import { BACK, UNDONE, type UnarchiveRow } from './common.js';

const failed = (site: string) =>
  onJob(site, 'Restore Site', { kind: 'fail_step', step: 'Restore Site' });

/** The worker dies while a call is on its way, and while it waits. */
export const killRows: readonly UnarchiveRow[] = [
  killed({
    step: 'create',
    accident: 'after Press has done it: found',
    faults: ({ subdomain }) => [onCreate(subdomain, AFTER)],
    when: ({ harness, site }) => harness.simulator.estate().sites.some(({ name }) => name === site),
    expect: { ...BACK, ledger: ['create adopted', 'restore sent'] },
  }),
  killed({
    step: 'restore',
    accident: 'after Press has begun: found',
    faults: ({ site }) => [onMethod(site, 'restore_site_from_files', AFTER)],
    when: did('site.restore'),
    expect: { ...BACK, ledger: ['create sent', 'restore adopted'] },
  }),
  killedInJob('restore', 'Restore Site', BACK),
  killed({
    step: 'undo',
    accident: 'after Press has begun to archive the new site: found',
    faults: ({ site }) => [failed(site), onMethod(site, 'archive', AFTER)],
    when: ({ harness, site }) =>
      harness.simulator
        .effects()
        .filter(({ effect, target }) => effect === 'site.archive' && target === site).length === 2,
    expect: { ...UNDONE, ledger: ['create sent', 'restore sent', 'undo create adopted'] },
  }),
];
