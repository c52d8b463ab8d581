import { fileURLToPath } from 'node:url';
import type { MoveSiteInput } from '../../../src/client.js';
import { startMove } from '../../integration/move/support.js';
import type { Matrix } from '../row.js';
import { prepare, siteLeft, worlds } from './common.js';
import { killRows, moveRows } from './rows.js';

export { killRows, moveRows } from './rows.js';

/** Every accident of a move that we could think of, and how it ends. */
export const moveMatrix: Matrix<MoveSiteInput> = {
  kind: 'move',
  worlds,
  prepare,
  left: siteLeft,
  start: (harness, input, { site }) => startMove(harness, site, input),
  rows: [...moveRows, ...killRows],
};

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));
