import { maplePressRecordings } from './maplepress.js';
import { moveRecordings } from './moves.js';
import { provisionRecordings } from './provision.js';
import type { Recording } from './recording.js';
import { siteRecordings } from './site-operations.js';
import { smallRecordings } from './small-operations.js';
import { transferRecordings } from './transfers.js';

export type { Recording } from './recording.js';

/** Everything that is recorded. */
export const RECORDINGS: readonly Recording[] = [
  ...(provisionRecordings as readonly Recording[]),
  ...siteRecordings,
  ...smallRecordings,
  ...(moveRecordings as readonly Recording[]),
  ...(transferRecordings as readonly Recording[]),
  ...(maplePressRecordings as readonly Recording[]),
];
