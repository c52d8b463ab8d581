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
  kind: 'provision',
  worlds,
  start: (harness, input, { subdomain }) =>
    harness.client.provision(harness.input({ ...input, subdomain })),
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
