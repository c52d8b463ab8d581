import type { DeployBenchInput } from '../../../src/client.js';
import type { Matrix } from '../row.js';
import { groupLeft, groupOf, worlds } from './common.js';
import { deployRows } from './deploy.js';
import { killRows } from './kills.js';
import { preflightRows } from './preflight.js';
import { siteRows } from './sites.js';

/** Every accident of a bench deploy that we could think of, and how it ends. */
export const deployBenchMatrix: Matrix<DeployBenchInput> = {
  kind: 'deploy-bench',
  introduction: `What can happen to a site while it is updated
is told on a page of its own: [updateSite](update-failures.md).`,
  worlds,
  left: groupLeft,
  start: (harness, input, names) =>
    harness.client.start('deploy-bench', {
      account: 'main',
      requestedBy: 'ops',
      group: groupOf({ harness, ...names }),
      ...input,
    }),
  rows: [...preflightRows, ...deployRows, ...siteRows, ...killRows],
};
