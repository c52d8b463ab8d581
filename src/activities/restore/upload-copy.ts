import { sleep } from '@temporalio/activity';
import type { UploadCopyFileArgs } from '../../domain/restore.js';
import { PressError, uploadFile, type UploadSource } from '../../frappe-cloud/index.js';
import type { CopyFile } from '../../vault/types.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, Refused } from '../errors.js';
import { whileBeating } from '../heartbeat.js';

/** Storage in trouble: a part is sent again while the others stay, this often in a row. */
const TRIES = 5;
const FIRST_PAUSE_MS = 500;
/** What may be over the next time. */
const PASSING: readonly string[] = [
  'UNREACHABLE',
  'TIMEOUT',
  'CONNECTION_LOST',
  'RATE_LIMITED',
  'CONTENTION',
  'UNAVAILABLE',
  'GATEWAY',
];
/** The agent keeps only endings that it knows (B 3.5). */
const NAMES = {
  database: 'database.sql.gz',
  public: 'files.tar',
  private: 'private-files.tar',
  config: 'site_config_backup.json',
} as const;
const KNOWN_ENDING = /\.(sql\.gz|tar\.gz|tgz|sql|gz|tar|json)$/;

/**
 * Uploads a file of a vault copy to Press, as it lies in the vault, and answers its Remote File. A
 * repeat makes another one; the first is garbage that Press deletes within a day (B 3.3).
 *
 * @throws Refused when the copy, or this file of it, is not in the vault
 */
export async function uploadCopyFile(
  { accounts, vault, timing }: ActivityDeps,
  { account: name, handle, kind }: UploadCopyFileArgs,
): Promise<string> {
  const { press, storage } = accounts.get(name);
  const manifest = await vault.manifest(handle);
  const file = manifest?.files.find((candidate) => candidate.kind === kind);
  if (file === undefined) throw new Refused(`the vault has no ${kind} of ${handle}`);
  const source: UploadSource = {
    kind,
    file_name: uploadNameOf(file),
    bytes: file.bytes,
    read: (range) => vault.read(handle, kind, range),
  };
  let sent = 0;
  let failures = 0;
  return whileBeating(async (signal) => {
    try {
      return await uploadFile(press, storage, source, {
        signal,
        onProgress(bytes) {
          if (bytes > sent) failures = 0;
          sent = bytes;
        },
        async again({ code }) {
          failures += 1;
          if (!PASSING.includes(code) || failures > TRIES) return false;
          await sleep(FIRST_PAUSE_MS * 2 ** failures);
          return true;
        },
      });
    } catch (error) {
      throw isExpired(error) ? new NotYet('its links have expired', timing.proofInterval) : error;
    }
  });
}

/** A slow upload outlives its links; another one gets fresh ones (B 3.1). */
function isExpired(error: unknown): boolean {
  if (!(error instanceof PressError)) return false;
  return error.code === 'FORBIDDEN' && error.endpoint.startsWith('storage');
}

/** What the server that restores it reads the kind of archive from. */
function uploadNameOf({ kind, fileName }: CopyFile): string {
  return KNOWN_ENDING.test(fileName) ? fileName : NAMES[kind];
}
