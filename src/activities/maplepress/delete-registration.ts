import type { DeleteRegistrationArgs } from '../../domain/maplepress.js';
import type { Sent } from '../../domain/trackers.js';
import { deleteSite, MaplePressError } from '../../maplepress/index.js';
import { type Located, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { findById } from './registrations.js';

/** Deletes a registration; one that is gone already is a success. There is no way back. */
export async function deleteRegistration(
  deps: ActivityDeps,
  { key, account, id, domain }: DeleteRegistrationArgs,
  signal: AbortSignal,
): Promise<Sent> {
  const tenant = deps.tenants.get(account);
  const find = () => findById(deps, { account, id, domain }, { signal });
  return runCommand(deps, {
    key,
    account: { clock: Date },
    endpoint: 'DELETE /api/v1/sites/{id}',
    payload: { id },
    repeat: 'at_once',
    async locate(): Promise<Located> {
      const site = await find();
      if (site !== null) return { state: 'none' };
      return { state: 'found', tracker: { kind: 'done' }, evidence: { status: 'gone' } };
    },
    async send() {
      try {
        await deleteSite(tenant.maplePress, id, { signal });
      } catch (error) {
        const isGone = error instanceof MaplePressError && error.code === 'SITE_NOT_FOUND';
        if (!isGone) throw error;
        // One 404 proves nothing; with this one nothing is on its way either, and it is sent again.
        if ((await find()) !== null) {
          throw new NotYet(
            `the deletion of ${id} was answered with 404, and it is there`,
            deps.timing.proofInterval,
          );
        }
      }
      return { kind: 'done' };
    },
  });
}
