import type {
  CopyArgs,
  FilesAtPress,
  OffsiteFilesArgs,
  RestoreFilesArgs,
  RestoreSnapshotArgs,
  UploadCopyFileArgs,
} from '../../domain/restore.js';
import type { Sent } from '../../domain/trackers.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { waitForBackup } from './no-backup.js';
import { offsiteFiles } from './offsite-files.js';
import { restoreCommand } from './restore-command.js';
import { snapshotCommand } from './snapshot-command.js';
import { uploadCopyFile } from './upload-copy.js';

/** Everything that brings data back into a site (B 2, B 3). */
export function createRestoreActivities(deps: ActivityDeps) {
  return {
    /** Puts Remote Files in the place of what is on a site, once no backup of it runs. */
    async restoreFiles(args: RestoreFilesArgs): Promise<Sent> {
      return whileBeating(async (signal) => {
        await waitForBackup(deps, args, { signal });
        return runCommand(deps, restoreCommand(deps, args, { signal }));
      });
    },

    /** Puts the database of a disk snapshot in the place of a site's own. */
    async restoreSnapshot(args: RestoreSnapshotArgs): Promise<Sent> {
      return whileBeating((signal) => runCommand(deps, snapshotCommand(deps, args, { signal })));
    },

    /** What is wrong with a vault copy, file by file; read before a site is touched. */
    async checkCopy({ handle }: CopyArgs): Promise<readonly string[]> {
      return whileBeating(async (signal) => {
        const problems = await deps.vault.verify(handle, { signal });
        return problems.map(({ kind, problem }) => `${kind} ${problem}`);
      });
    },

    /** Uploads one file of a vault copy; answers its Remote File. */
    uploadCopyFile: (args: UploadCopyFileArgs): Promise<string> => uploadCopyFile(deps, args),

    /** The Remote Files of an offsite backup. */
    async findOffsiteFiles(args: OffsiteFilesArgs): Promise<FilesAtPress> {
      return whileBeating((signal) => offsiteFiles(deps, args, { signal }));
    },
  };
}
