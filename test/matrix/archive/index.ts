import type { ArchiveSiteInput } from '../../../src/domain/inputs.js';
import type { Matrix } from '../row.js';
import { prepare } from './common.js';
import { jobRows } from './jobs.js';
import { killRows } from './kills.js';
import { preflightRows } from './preflight.js';
import { callRows, copyRows } from './sending.js';
import { verifyRows, wayBackRows } from './way-back.js';
import { worlds } from './worlds.js';

/** Every accident of an archive that we could think of, and how it ends. */
export const archiveMatrix: Matrix<ArchiveSiteInput> = {
  kind: 'archive',
  introduction: `Each row begins with a site that is Active, and with
nobody being asked for approval.`,
  worlds,
  prepare,
  start: (harness, input, { site }) =>
    harness.client.start('archive', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [
    ...preflightRows,
    ...copyRows,
    ...callRows,
    ...jobRows,
    ...wayBackRows,
    ...verifyRows,
    ...killRows,
  ],
};
