import type { CallFault } from '../../../simulators/press/index.js';
import type { UpgradeSiteInput } from '../../../src/client.js';
import { called, did } from '../provision/common.js';
import type { Act, Moment } from '../row.js';
import type { Told } from './common.js';
import {
  BEGUN,
  byPress,
  deployCall,
  DONE,
  onDrop,
  onGroup,
  onNewGroup,
  onOrder,
  ownBench,
  UNBUILT,
} from './new-bench-rows.js';
import type { UpgradeRow } from './rows.js';

/** Only the kill ends it: the worker would wait for two minutes of real time. */
const BEFORE: CallFault = { kind: 'hang', effect: false };
const AFTER: CallFault = { kind: 'hang' };

const killed = (when: Moment): Act => ({ do: 'kill', when });

type Few = Omit<Told<UpgradeSiteInput>, 'input'>;
const dies = (told: Few): Few => ({
  ...told,
  path: 'With a bench of its own, when the worker is killed',
  world: 'a worker that is killed',
});

/** The worker dies while a bench is made. */
export const newBenchKillRows: readonly UpgradeRow[] = [
  ownBench(
    dies({
      step: 'new group',
      accident: 'before Press has the call: sent again after five minutes',
      faults: ({ subdomain }) => [onNewGroup(subdomain, BEFORE)],
      acts: [killed(called('press.api.bench.new'))],
      expect: DONE,
    }),
  ),
  ownBench(
    dies({
      step: 'new group',
      accident: 'after Press has made it: found',
      faults: ({ subdomain }) => [onNewGroup(subdomain, AFTER)],
      acts: [killed(did('group.create'))],
      expect: { ...DONE, ledger: ['new group adopted', ...DONE.ledger.slice(1)] },
    }),
  ),
  ownBench(
    dies({
      step: 'build bench',
      accident: 'after Press has begun to build: found',
      acts: [onGroup(deployCall, AFTER), killed(did('build.create'))],
      expect: {
        ...DONE,
        ledger: ['new group sent', 'add apps sent', 'build bench adopted', ...DONE.ledger.slice(3)],
      },
    }),
  ),
  ownBench(
    dies({
      step: 'build bench',
      accident: 'while the image is built',
      acts: [killed(did('build.create'))],
      expect: DONE,
    }),
  ),
  ownBench(
    dies({
      step: 'undo',
      accident: 'after Press has dropped the group: found',
      faults: ({ subdomain }) => [
        { build: { title: subdomain }, fault: { kind: 'fail' }, times: 'always' },
      ],
      acts: [onDrop(AFTER), killed(did('group.delete'))],
      expect: {
        ...UNBUILT,
        ledger: [...UNBUILT.ledger.slice(0, 4), 'undo group adopted'],
      },
    }),
  ),
  byPress(
    dies({
      step: 'order bench',
      accident: 'after Press has taken the order: found',
      faults: ({ site }) => [onOrder(site, AFTER)],
      acts: [killed(did('upgrade.create'))],
      expect: { ...BEGUN, ledger: ['order bench adopted', 'backup sent'] },
    }),
  ),
  byPress(
    dies({
      step: 'upgrade',
      accident: 'while Press is to begin',
      acts: [killed(did('site.login'))],
      expect: BEGUN,
    }),
  ),
];
