import type { Job } from '../../schemas/estate/jobs.js';
import type { SiteRow } from '../../schemas/estate/sites.js';
import type { Colors } from '../output.js';

/** The status of a site, and what went wrong with it. */
export function statusOfSite(
  { status, troubles }: Pick<SiteRow, 'status' | 'troubles'>,
  colors: Colors,
): string {
  const said = [status, ...troubles.map((trouble) => `(${trouble})`)].join(' ');
  if (status === 'Broken' || troubles.length > 0) return colors.red(said);
  if (status === 'Active') return colors.green(said);
  return status === 'Archived' || status === 'Inactive' ? colors.dim(said) : colors.yellow(said);
}

/** The status of a job, of a step of one, or of a backup. */
export function statusOfWork(
  status: Job['status'] | Job['steps'][number]['status'],
  colors: Colors,
): string {
  if (status === 'Success') return colors.green(status);
  if (status === 'Failure' || status === 'Delivery Failure') return colors.red(status);
  return status === 'Skipped' ? colors.dim(status) : colors.yellow(status);
}
