import { provisionRecordings } from './provision.js';
import type { Recording } from './recording.js';

export type { Recording } from './recording.js';

/** Everything that is recorded. */
export const RECORDINGS: readonly Recording[] = [...provisionRecordings] as readonly Recording[];
