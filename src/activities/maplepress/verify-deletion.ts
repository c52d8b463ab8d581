import type { Verification } from '../../domain/activity-types.js';
import type { VerifyDeletionArgs } from '../../domain/maplepress.js';
import type { CallOptions, Site } from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { findById, orNotYet } from './registrations.js';

/**
 * Reads a deletion back: the id answers 404, more than once, and the list names it no more. What is still
 * otherwise at the deadline is for a person.
 */
export async function verifyDeletion(
  deps: ActivityDeps,
  { account, id, domain, deadline }: VerifyDeletionArgs,
  options: CallOptions,
): Promise<Verification> {
  const site = await findById(deps, { account, id, domain }, options).catch(orNotYet);
  const failures = site === null ? [] : [whyNot(site, id)];
  if (failures.length > 0 && Date.now() < deadline) {
    throw new NotYet(failures.join('; '), deps.timing.verifyInterval);
  }
  return { ok: failures.length === 0, failures, exceptions: [], details: {} };
}

const whyNot = (site: Site | NotYet, id: string): string =>
  site instanceof NotYet ? site.message : `MaplePress still answers for ${id}`;
