import type { RestoreFilesArgs } from '../../domain/restore.js';
import type { Tracker } from '../../domain/trackers.js';
import { PressError, restoreSiteFromFiles, type CallOptions } from '../../frappe-cloud/index.js';
import type { RemoteCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { locateByActivity } from '../locate-activity.js';

/** Answers that are no accident but a no: files that are not there or cannot be read (B 2.1). */
const FILE_PROBLEMS = ['NoSuchKey', 'JSONDecodeError', 'AssertionError'];

/**
 * Puts Remote Files in the place of what is on a site. Always by the document method, which is the
 * only one that looks whose files they are (B 2.2).
 */
export function restoreCommand(
  deps: ActivityDeps,
  { key, account: name, site, files, skipFailingPatches }: RestoreFilesArgs,
  options: CallOptions,
): RemoteCommand {
  const account = deps.accounts.get(name);
  const track = (job: string): Tracker => ({ kind: 'site-restore', site, job });
  const deed = { key, site, action: 'Restore', track };
  const locate = (since: number) => locateByActivity(deps, account, deed, since, options);
  return {
    key,
    account,
    endpoint: 'press.api.client.run_doc_method Site.restore_site_from_files',
    payload: { site, files, skipFailingPatches },
    // A second one after the first has ended restores again (observed-2 1).
    repeat: 'after_horizon',
    locate,
    async send(since) {
      const asked = { site, files, skip_failing_patches: skipFailingPatches };
      try {
        return track(await restoreSiteFromFiles(account.press, asked, options));
      } catch (error) {
        if (!isFileProblem(error)) throw error;
        const found = await locate(since);
        if (found.state === 'found') return found.tracker;
        throw new Refused(error.message);
      }
    },
  };
}

function isFileProblem(error: unknown): error is PressError {
  if (!(error instanceof PressError) || error.code !== 'SERVER_ERROR') return false;
  return (
    FILE_PROBLEMS.includes(error.excType ?? '') || error.message.includes('is unavailable on S3')
  );
}
