import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { onMethod } from '../../integration/provision/support.js';
import { AFTER, killed, killedInBackup, killedInCall, killedInJob } from '../killed.js';
import { did } from '../provision/common.js';
import type { Names } from '../row.js';
import { type ArchiveRow, GONE, KEPT } from './common.js';
import { SENDING } from './sending.js';
import { failed } from './way-back.js';

const hostName = ({ site }: Names, fault: CallFault): FaultRule => ({
  call: { method: 'press.api.site.set_host_name', body: { name: site } },
  fault,
});

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly ArchiveRow[] = [
  killedInBackup(GONE),
  ...killedInCall({
    ...SENDING,
    method: 'Site.archive',
    effect: 'site.archive',
  }),
  killedInJob('archive', 'Archive Site', GONE),
  ...killedInCall({
    step: 'activate',
    wrong: (fault) => ({
      faults: (names) => [failed(names), onMethod(names.site, 'activate', fault)],
    }),
    done: KEPT,
    method: 'Site.activate',
    effect: 'site.activate',
    isHarmless: true,
  }),
  killed({
    step: 'primary domain',
    accident: 'after Press has done it: found',
    faults: (names) => [failed(names), hostName(names, AFTER)],
    when: did('domain.primary'),
    expect: {
      ...KEPT,
      ledger: ['backup sent', 'archive sent', 'activate sent', 'primary domain adopted'],
    },
  }),
];
