import { fileURLToPath } from 'node:url';
import type { UpgradeSiteInput } from '../../../src/client.js';
import type { Matrix } from '../row.js';
import { beforeRows } from './before.js';
import { siteLeft, worlds } from './common.js';
import { killRows } from './kills.js';
import { newBenchRows } from './new-bench.js';
import { newBenchKillRows } from './new-bench-kills.js';
import { byPressRows } from './new-bench-by-press.js';
import { upgradeRows } from './upgrading.js';

/** Every accident of an upgrade that we could think of, and how it ends. */
export const upgradeMatrix: Matrix<UpgradeSiteInput> = {
  kind: 'upgrade',
  worlds,
  left: siteLeft,
  start: ({ client }, input, { site }) =>
    client.start('upgrade', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [
    ...beforeRows,
    ...upgradeRows,
    ...newBenchRows,
    ...byPressRows,
    ...killRows,
    ...newBenchKillRows,
  ],
};

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));
