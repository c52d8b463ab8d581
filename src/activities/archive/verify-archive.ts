import type { Verification } from '../../domain/activity-types.js';
import type { VerifyArchiveArgs, VerifyBackArgs } from '../../domain/archiving.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { readArchived } from './read-archived.js';
import { readBroughtBack } from './read-brought-back.js';

/** Both look again until the deadline; what is then still wrong is the answer. */
export function createVerifyArchiveActivities({ accounts, vault, timing }: ActivityDeps) {
  return {
    /** Whether a site is gone, and what is left to bring it back with. */
    async verifyArchive(args: VerifyArchiveArgs): Promise<Verification> {
      const account = accounts.get(args.account);
      return whileBeating(async (signal) =>
        orAgain(await readArchived(account, vault, args, { signal }), args.deadline),
      );
    },

    /** Whether a site whose archive has failed is there again, and served. */
    async verifyBroughtBack(args: VerifyBackArgs): Promise<Verification> {
      const account = accounts.get(args.account);
      return whileBeating(async (signal) =>
        orAgain(await readBroughtBack(account, args, { signal }), args.deadline),
      );
    },
  };

  function orAgain(found: Verification, deadline: number): Verification {
    if (found.ok || Date.now() >= deadline) return found;
    throw new NotYet(found.failures.join('; '), timing.verifyInterval);
  }
}
