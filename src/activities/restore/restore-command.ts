import type { RestoreFilesArgs } from '../../domain/restore.js';
import {
  listSiteActivity,
  me,
  PressError,
  restoreSiteFromFiles,
  type Account,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import type { Located, RemoteCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { madeSince } from '../made-since.js';

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
  const locate = (since: number) => locateRestore(deps, account, key.operationId, site, since);
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
        const job = await restoreSiteFromFiles(account.press, asked, options);
        return { kind: 'site-restore', site, job };
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

/** One activity per accepted restore, with its job; ours by user and time (observed-2 1). */
async function locateRestore(
  { ledger }: ActivityDeps,
  account: Account,
  operationId: string,
  site: string,
  since: number,
): Promise<Located> {
  const { press } = account;
  const { user } = await me(press);
  // The rounds before are ours too, and told apart by their jobs.
  const known = (await ledger.commandsOf(operationId)).flatMap(({ tracker }) =>
    tracker?.kind === 'site-restore' ? [tracker.job] : [],
  );
  const rows = (await listSiteActivity(press, { site, action: 'Restore' })).filter(
    ({ owner, job }) => owner === user && !known.includes(job ?? ''),
  );
  const ours = await madeSince(account, site, rows, since);
  if (ours === null) {
    return { state: 'ambiguous', reason: `${site} was restored, and when cannot be told` };
  }
  const [row, another] = ours;
  if (row === undefined) return { state: 'none' };
  if (another !== undefined || row.job === null) {
    return { state: 'ambiguous', reason: `${site} was restored more than once meanwhile` };
  }
  return {
    state: 'found',
    tracker: { kind: 'site-restore', site, job: row.job },
    evidence: { job: row.job },
  };
}
