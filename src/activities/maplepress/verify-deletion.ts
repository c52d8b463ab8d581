import type { Verification } from '../../domain/activity-types.js';
import type { VerifyDeletionArgs } from '../../domain/maplepress.js';
import type { CallOptions } from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { findById } from './registrations.js';

/** Reads a deletion back: the id answers 404, more than once, and the list names it no more. */
export async function verifyDeletion(
  deps: ActivityDeps,
  { account, id, deadline }: VerifyDeletionArgs,
  options: CallOptions,
): Promise<Verification> {
  const site = await findById(deps, { account, id }, options);
  const failures = site === null ? [] : [`MaplePress still answers for ${id}`];
  if (failures.length > 0 && Date.now() < deadline) {
    throw new NotYet(failures.join('; '), deps.timing.verifyInterval);
  }
  return { ok: failures.length === 0, failures, exceptions: [], details: {} };
}
