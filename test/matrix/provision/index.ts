import type { ProvisionSiteInput } from '../../../src/client.js';
import type { Matrix } from '../row.js';
import { benchRows } from './bench.js';
import { creationJobRows } from './creation-jobs.js';
import { creationRows } from './creation.js';
import { killRows } from './kills.js';
import { orderRows } from './order.js';
import { orderedNameRows } from './ordered-name.js';
import { orderedSiteRows } from './ordered-site.js';
import { otherPathRows } from './other-paths.js';
import { preflightRows } from './preflight.js';
import { laterRows } from './later.js';
import { domainRows } from './domain.js';
import { undoRows } from './undo.js';
import { verifyRows } from './verify.js';
import { worlds } from './worlds.js';

/** Every accident of a provision that we could think of, and how it ends. */
export const provisionMatrix: Matrix<ProvisionSiteInput> = {
  workflow: 'provisionSite',
  introduction: `
This page is made from the rows that the tests run: \`test/matrix/provision/\`; do not edit it. After a
change of the rows, \`npx vitest run --project unit test/unit/matrix-docs.test.ts -u\` writes it anew.
How the operation works: [provisionSite](provision.md).

A row is one accident at one step. **Ends** is the outcome; where a person is asked before, the kind of
problem and what the person told it to do. **Done at Press** is every change that was made there, by whomever,
in order: nothing is done twice unless it stands there twice. **Left there** is what stands at Press in
the end; for rows that leave nothing it is read once more some days later, because Press can make a
site long after its group was deleted. The order of a bench (Site Group Deploy) cannot be deleted; what
is left of it is harmless. **In the ledger** are the remote commands with how they ended (\`sent\`, \`adopted\`: found
after its answer was lost, \`failed\`: certainly nothing came of it, \`refused\`), calls for attention and what
people said. Every record also has the opening, the plan, the lock, and the end.
`,
  worlds,
  start: (harness, input) => harness.client.provision(harness.input(input)),
  rows: [
    ...preflightRows,
    ...creationRows,
    ...creationJobRows,
    ...laterRows,
    ...domainRows,
    ...verifyRows,
    ...undoRows,
    ...otherPathRows,
    ...orderRows,
    ...benchRows,
    ...orderedSiteRows,
    ...orderedNameRows,
    ...killRows,
  ],
};
