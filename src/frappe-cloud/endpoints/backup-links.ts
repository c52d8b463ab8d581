import { z } from 'zod';
import { COPY_FILE_KINDS, type CopyFileKind } from '../../domain/safety-copy.js';
import type { CallOptions, Transport } from '../transport.js';
import { checkShape, tell } from './wire.js';

/**
 * A link to a file of an offsite backup, good for an hour for whoever has it: a secret. Mutating
 * only in that it leaves an activity "Access Offsite Backups" (B 1.4). Repeated: another link.
 * Whether the object is still there is not looked at.
 *
 * @throws PressError `NOT_FOUND` for a backup that is not offsite or lacks the file; `BAD_ANSWER`
 * when the storage would not sign, of which Press says nothing
 */
export async function getBackupLink(
  press: Transport,
  args: { readonly site: string; readonly backup: string; readonly file: CopyFileKind },
  options?: CallOptions,
): Promise<string> {
  const method = 'press.api.site.get_backup_link';
  const params = { name: args.site, backup: args.backup, file: args.file };
  const { message } = await tell(press, method, params, options);
  return checkShape(z.url(), message, method);
}

export interface ForeignSite {
  /** Origin of any Frappe site, such as `https://erp.customer.example`. */
  readonly url: string;
  /** Of a System Manager there. */
  readonly email: string;
  readonly password: string;
}

/** The link itself is left out: it carries a live session of that site (B 3.4). */
const LinkedBackupSchema = z.object({
  type: z.enum(COPY_FILE_KINDS),
  remote_file: z.string(),
  file_name: z.string(),
});
export type LinkedBackup = z.infer<typeof LinkedBackupSchema>;

/**
 * Lets Press log in to another site and register its latest backup, as Remote Files that are links
 * with a session in them: good for a restore as long as that site is up and the session lasts.
 * Mutating (B 3.4). The list is EMPTY when Press cannot resolve the site's name (measured).
 * Repeated: other Remote Files for the same files, harmless.
 *
 * @throws PressError `REFUSED` for wrong credentials, an unreachable site, or a backup that lacks
 * files or configuration
 */
export async function getBackupLinks(
  press: Transport,
  { url, email, password }: ForeignSite,
  options?: CallOptions,
): Promise<LinkedBackup[]> {
  const method = 'press.api.site.get_backup_links';
  const { message } = await tell(press, method, { url, email, password }, options);
  return checkShape(z.array(LinkedBackupSchema), message, method);
}
