import type { Recurring } from '../../client/recurring.js';
import { InvalidInput } from '../../errors.js';
import type { CreateOptions } from './options.js';

/** What is to repeat; `domain` completes a bare name. @throws InvalidInput */
export function recurringOf(
  { backup, backupAll, check, site }: CreateOptions,
  request: { readonly account: string; readonly requestedBy: string },
  domain?: string,
): Recurring {
  const whole = (name: string): string =>
    name.includes('.') || domain === undefined ? name : `${name}.${domain}`;
  const wanted = [backup, backupAll, check].filter((given) => given !== undefined);
  if (wanted.length !== 1) throw problem('what', 'give one of --backup, --backup-all, --check');
  if ((check === undefined) !== (site === undefined)) {
    throw problem('site', 'a --check needs the --site that it is about, and nothing else does');
  }
  if (backup !== undefined) return { kind: 'backup', input: { ...request, site: whole(backup) } };
  if (check !== undefined && site !== undefined) {
    return { kind: check, input: { ...request, site: whole(site), dryRun: true } };
  }
  return { kind: 'backup-all', input: request };
}

/** What is wrong with an option. */
export const problem = (path: string, message: string): InvalidInput =>
  new InvalidInput([{ path, message }]);
