import { fileURLToPath } from 'node:url';
import type { RestoreSiteInput } from '../../../src/client.js';
import type { Matrix } from '../row.js';
import { callRows } from './calls.js';
import { siteLeft, sourceOf, worlds } from './common.js';
import { jobRows } from './jobs.js';
import { killRows } from './kills.js';
import { partRows } from './parts.js';
import { wayBackRows } from './ways-back.js';

/** Every accident of a restore that we could think of, and how it ends. */
export const restoreMatrix: Matrix<RestoreSiteInput> = {
  kind: 'restore',
  introduction: `"The data of today" is what was on the site before.`,
  worlds,
  left: siteLeft,
  start: ({ client }, input, { site }) =>
    client.start('restore', {
      account: 'main',
      requestedBy: 'ops',
      site,
      from: sourceOf(site),
      ...input,
    }),
  rows: [...callRows, ...jobRows, ...wayBackRows, ...partRows, ...killRows],
};

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));
