import type { Job } from '../frappe-cloud/index.js';

/**
 * Whether Press gave a job up: after two days it writes Failure over the job and every step of it,
 * whatever had been done (A 4.3). How far the job came is then no longer known. A job of one step
 * looks the same as one that failed by itself, and is not taken for it.
 */
export const isSwept = ({ status, steps }: Pick<Job, 'status' | 'steps'>): boolean =>
  status === 'Failure' && steps.length > 1 && steps.every((step) => step.status === 'Failure');
