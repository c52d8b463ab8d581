import type { ReinstallSiteInput } from '../../../src/client.js';
import type { Matrix } from '../row.js';
import { prepare, siteLeft, worlds } from './common.js';
import { copyRows } from './copy.js';
import { killRows } from './kills.js';
import { rows } from './rows.js';

/** Every accident of a reinstall that we could think of, and how it ends. */
export const reinstallMatrix: Matrix<ReinstallSiteInput> = {
  kind: 'reinstall',
  introduction: `Those of the steps "backup" and "safety copy"
are the same for every operation that makes a [safety copy](../safety-copies.md).`,
  worlds,
  prepare,
  left: siteLeft,
  start: ({ client }, input, { site }) =>
    client.start('reinstall', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [...copyRows, ...rows, ...killRows],
};
