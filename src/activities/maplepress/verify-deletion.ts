import type { Verification } from '../../domain/activity-types.js';
import type { VerifyDeletionArgs } from '../../domain/maplepress.js';
import { type CallOptions, sitesOfDomain } from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { findById } from './registrations.js';

/** Reads a deletion back: the id answers 404, and the list names it no more. */
export async function verifyDeletion(
  { tenants, timing }: ActivityDeps,
  { account, id, domain, deadline }: VerifyDeletionArgs,
  options: CallOptions,
): Promise<Verification> {
  const tenant = tenants.get(account);
  const site = await findById(tenant, id, options);
  const listed = await sitesOfDomain(tenant.maplePress, { domain }, options);
  const isListed = listed.some((row) => row.id === id);
  const failures = [
    ...(site === null ? [] : [`MaplePress still answers for ${id}`]),
    ...(isListed ? [`${domain} is still in the list`] : []),
  ];
  if (failures.length > 0 && Date.now() < deadline) {
    throw new NotYet(failures.join('; '), timing.verifyInterval);
  }
  return { ok: failures.length === 0, failures, exceptions: [], details: {} };
}
