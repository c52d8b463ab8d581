import type { Problem } from '../domain/failures.js';
import { switchOff } from './after-restore.js';
import type { Op } from './runbook.js';

/** A site, and what Press called it before. */
export interface Untouched {
  readonly site: string;
  readonly statusBefore: 'Active' | 'Inactive' | 'Broken';
}

/**
 * Ends an operation whose job was never delivered: nothing was touched, but after most of them Press
 * calls the site Active, whatever it was (B 0.7). What was Inactive is switched off again; where Press
 * has kept that in mind, it refuses, which is as good.
 */
export async function leaveUntouched(
  op: Op,
  { site, statusBefore }: Untouched,
  problem: Problem,
): Promise<never> {
  if (statusBefore === 'Inactive') await switchOff(op, site);
  const lie = statusBefore === 'Broken' ? '; Press calls it Active, and it is Broken still' : '';
  return op.goBack({ ...problem, message: `${problem.message}${lie}` });
}
