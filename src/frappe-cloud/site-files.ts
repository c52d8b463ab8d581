import { login } from './endpoints/login.js';
import { PressError, PressErrorCode } from './errors.js';
import type { FileStream } from './file-stream.js';
import type { SiteDoor } from './site-door.js';
import type { CallOptions, Transport } from './transport.js';

/** Reads the files of backups that lie on a site's own server. */
export interface SiteFiles {
  /**
   * Begins to read a file; opens a session of Administrator first when there is none that counts.
   *
   * @param file.file_name as in `BackupFile`
   * @param file.from first byte that is wanted, to go on with what is here already. Look at `from`
   * of the answer: 0 means that the site does not go on, and the whole file comes.
   * @throws PressError of the login, and `FORBIDDEN`, `NOT_FOUND` once the file is gone (24 h, B
   * 1.5), `UNAVAILABLE` while the site is in maintenance, suspended or inactive, `BAD_ANSWER` for
   * a page or a redirect, `TIMEOUT` after a minute without a byte
   */
  open(
    file: { readonly file_name: string; readonly from?: number },
    options?: CallOptions,
  ): Promise<FileStream>;
}

export interface SiteFilesConfig {
  readonly site: string;
  /** `host_name` of the site: it redirects requests to its other names (D 3). */
  readonly host: string;
  /** Mailed to the site's contacts with the login; without one nobody is told (D 3). */
  readonly reason?: string;
  /** Longest time in which no byte comes. Default 60 s. */
  readonly idleMs?: number;
}

const ENDPOINT = 'site GET /backups';
const IDLE_MS = 60_000;
/** A file and not a path: what else would the session be sent to? */
const FILE_NAME = /^[\w@%+=:,~-][\w.@%+=:,~-]*$/;

/**
 * The session id stays in here: it goes to the site as a cookie, never into a link, an error or a
 * log (D 3). Make one per operation: sessions end by themselves after hours, or with a restore.
 */
export function createSiteFiles(
  press: Transport,
  door: SiteDoor,
  { site, host, reason, idleMs = IDLE_MS }: SiteFilesConfig,
): SiteFiles {
  let sid: string | undefined;

  const logIn = async (options: CallOptions): Promise<string> =>
    (sid = await login(press, { site, ...(reason !== undefined && { reason }) }, options));

  const openWith = (session: string, file_name: string, from: number, signal?: AbortSignal) =>
    door.open(host, {
      path: `/backups/${encodeURIComponent(file_name)}`,
      headers: { cookie: `sid=${session}` },
      from,
      idleMs,
      signal,
      endpoint: ENDPOINT,
    });

  return {
    async open({ file_name, from = 0 }, options = {}) {
      if (!FILE_NAME.test(file_name)) throw new TypeError('not the name of a backup file');
      const known = sid;
      if (known !== undefined) {
        try {
          return await openWith(known, file_name, from, options.signal);
        } catch (error) {
          if (!isForbidden(error)) throw error;
        }
      }
      return openWith(await logIn(options), file_name, from, options.signal);
    },
  };
}

function isForbidden(error: unknown): boolean {
  return error instanceof PressError && error.code === PressErrorCode.FORBIDDEN;
}
