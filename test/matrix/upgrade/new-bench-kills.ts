import { AFTER, BEFORE, killed } from '../killed.js';
import { called, did } from '../provision/common.js';
import type { Row } from '../row.js';
import {
  BEGUN,
  BUILD_FOUND,
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
import { KILLED_SLOWLY } from './common.js';
import type { UpgradeRow } from './rows.js';

const dies = (told: Parameters<typeof killed>[0]): Row<object> => ({
  ...killed({ ...told, path: 'With a bench of its own, when the worker is killed' }),
  world: KILLED_SLOWLY,
});

/** The worker dies while a bench is made. */
export const newBenchKillRows: readonly UpgradeRow[] = [
  ownBench(
    dies({
      step: 'new group',
      accident: 'before Press has the call: sent again after five minutes',
      faults: ({ subdomain }) => [onNewGroup(subdomain, BEFORE)],
      when: called('press.api.bench.new'),
      expect: DONE,
    }),
  ),
  ownBench(
    dies({
      step: 'new group',
      accident: 'after Press has made it: found',
      faults: ({ subdomain }) => [onNewGroup(subdomain, AFTER)],
      when: did('group.create'),
      expect: { ...DONE, ledger: ['new group adopted', ...DONE.ledger.slice(1)] },
    }),
  ),
  ownBench(
    dies({
      step: 'build bench',
      accident: 'after Press has begun to build: found',
      acts: [onGroup(deployCall, AFTER)],
      when: did('build.create'),
      expect: BUILD_FOUND,
    }),
  ),
  ownBench(
    dies({
      step: 'build bench',
      accident: 'while the image is built',
      when: did('build.create'),
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
      acts: [onDrop(AFTER)],
      when: did('group.delete'),
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
      when: did('upgrade.create'),
      expect: { ...BEGUN, ledger: ['order bench adopted', 'backup sent'] },
    }),
  ),
  byPress(
    dies({
      step: 'upgrade',
      accident: 'while Press is to begin',
      when: did('site.login'),
      expect: BEGUN,
    }),
  ),
];
