import type { Recurring } from '../../client/recurring.js';
import type { Rhythm } from '../../client/schedules.js';
import { InvalidInput } from '../../errors.js';
import { clock, duration } from '../../policy/values.js';
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

/** When. @throws InvalidInput */
export function rhythmOf({ every, at }: Pick<CreateOptions, 'every' | 'at'>): Rhythm {
  const period = duration.safeParse(every);
  if (!period.success) throw problem('every', 'must be a duration such as 6h or 1d');
  if (at === undefined) return { everyMs: period.data, offsetMs: 0 };
  const minutes = clock.safeParse(at);
  if (!minutes.success) throw problem('at', 'must be a time such as 02:30');
  return { everyMs: period.data, offsetMs: minutes.data * 60_000 };
}

const problem = (path: string, message: string): InvalidInput =>
  new InvalidInput([{ path, message }]);
