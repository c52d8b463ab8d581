import type { DeployBenchInput } from '../../../src/client.js';
import { LEGEND } from '../legend.js';
import type { Matrix } from '../row.js';
import { groupLeft, groupOf, worlds } from './common.js';
import { deployRows } from './deploy.js';
import { killRows } from './kills.js';
import { preflightRows } from './preflight.js';
import { siteRows } from './sites.js';

/** Every accident of a bench deploy that we could think of, and how it ends. */
export const deployBenchMatrix: Matrix<DeployBenchInput> = {
  kind: 'deploy-bench',
  introduction: `
This page is made from the rows that the tests run: \`test/matrix/deploy-bench/\`; do not edit it. After a
change of the rows, \`npx vitest run --project unit test/unit/matrix-docs.test.ts -u\` writes it anew.
How the operation works: [deployBench](deploy-bench.md). What can happen to a site while it is updated
is told on a page of its own: [updateSite](update-failures.md).

${LEGEND}`,
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
