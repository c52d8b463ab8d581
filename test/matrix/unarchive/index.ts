import type { UnarchiveSiteInput } from '../../../src/domain/inputs.js';
import type { Matrix } from '../row.js';
import { makeArchived } from './common.js';
import { killRows } from './kills.js';
import { createRows, restoreRows } from './making.js';
import { preflightRows } from './preflight.js';
import { worlds } from './worlds.js';

/** Every accident of an unarchive that we could think of, and how it ends. */
export const unarchiveMatrix: Matrix<UnarchiveSiteInput> = {
  kind: 'unarchive',
  introduction: `Each row begins with a site that was archived, of
which there is a copy in the vault.`,
  worlds,
  prepare: makeArchived,
  start: (harness, input, { site }) =>
    harness.client.start('unarchive', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [...preflightRows, ...createRows, ...restoreRows, ...killRows],
};
