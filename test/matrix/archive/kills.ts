import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import { called, did, runs } from '../provision/common.js';
import type { Moment, Names } from '../row.js';
import { type ArchiveRow, GONE, KEPT } from './common.js';
import { failed } from './way-back.js';

const KILLED = { path: 'When the worker is killed', world: 'a worker that is killed' } as const;

/** Only the kill ends it: the worker would wait for two minutes of real time. */
const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };

const killed = (
  step: string,
  accident: string,
  when: Moment,
  faults: (names: Names) => readonly FaultRule[],
  expect: ArchiveRow['expect'],
): ArchiveRow => ({ ...KILLED, step, accident, faults, acts: [{ do: 'kill', when }], expect });

const slow = { kind: 'slow', factor: 20 } as const;
const hostName = ({ site }: Names, fault: CallFault): FaultRule => ({
  call: { method: 'press.api.site.set_host_name', body: { name: site } },
  fault,
});

/** The worker dies while a call is on its way: before Press has it, after it, and while waiting. */
export const killRows: readonly ArchiveRow[] = [
  killed(
    'safety copy',
    'while Press makes the backup',
    runs('Backup Site'),
    ({ site }) => [onJob(site, 'Backup Site', slow)],
    GONE,
  ),
  killed(
    'archive',
    'before Press has the call: sent again after five minutes',
    called('Site.archive'),
    ({ site }) => [onMethod(site, 'archive', BEFORE)],
    GONE,
  ),
  killed(
    'archive',
    'after Press has begun: found',
    did('site.archive'),
    ({ site }) => [onMethod(site, 'archive', AFTER)],
    { ...GONE, ledger: ['backup sent', 'archive adopted'] },
  ),
  killed(
    'archive',
    'while the job runs',
    runs('Archive Site'),
    ({ site }) => [onJob(site, 'Archive Site', slow)],
    GONE,
  ),
  killed(
    'activate',
    'before Press has the call: sent again at once',
    called('Site.activate'),
    (names) => [failed(names), onMethod(names.site, 'activate', BEFORE)],
    KEPT,
  ),
  killed(
    'activate',
    'after Press has done it: found',
    did('site.activate'),
    (names) => [failed(names), onMethod(names.site, 'activate', AFTER)],
    {
      ...KEPT,
      ledger: ['backup sent', 'archive sent', 'activate adopted', 'primary domain sent'],
    },
  ),
  killed(
    'primary domain',
    'after Press has done it: found',
    did('domain.primary'),
    (names) => [failed(names), hostName(names, AFTER)],
    {
      ...KEPT,
      ledger: ['backup sent', 'archive sent', 'activate sent', 'primary domain adopted'],
    },
  ),
];
