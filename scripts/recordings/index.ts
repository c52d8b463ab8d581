import { domainRecordings } from './domains.js';
import { maplePressRecordings } from './maplepress.js';
import { moveRecordings } from './moves.js';
import { provisionRecordings } from './provision.js';
import type { Recording } from './recording.js';
import { siteRecordings } from './site-operations.js';
import { smallRecordings } from './small-operations.js';
import { transferRecordings } from './transfers.js';

export type { Recording } from './recording.js';
export { recordRounds, ROUND, type Save } from './rounds.js';

/** Everything that is recorded. */
export const RECORDINGS: readonly Recording[] = [
  ...(provisionRecordings as readonly Recording[]),
  ...siteRecordings,
  ...smallRecordings,
  ...domainRecordings,
  ...(moveRecordings as readonly Recording[]),
  ...(transferRecordings as readonly Recording[]),
  ...(maplePressRecordings as readonly Recording[]),
];
