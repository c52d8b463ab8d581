import type { Verification } from '../../domain/activity-types.js';
import type { VerifyArchiveArgs } from '../../domain/archiving.js';
import {
  getSite,
  listArchivedSites,
  listBackups,
  listSiteActivity,
  type Account,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';

/** Reads back that a site is gone, and what is left to bring it back with. */
export function createVerifyArchiveActivities({ accounts, vault, timing }: ActivityDeps) {
  return {
    /**
     * The name must be free and the copy in the vault. Press's own backup is a bonus: its row is often
     * missing although the backup was made (observed C10).
     */
    async verifyArchive({ account: name, ...args }: VerifyArchiveArgs): Promise<Verification> {
      return whileBeating(async (signal): Promise<Verification> => {
        const account = accounts.get(name);
        const { site, copy, finalBackup } = args;
        const found = await getSite(account.press, { site }, { signal });
        const archived = await archivedBy(account, site, args.job, { signal });
        const kept = copy === null ? null : await vault.manifest(copy);
        const failures = [
          ...(found.found === 'own' ? [`there is a site ${site}, ${found.site.status}`] : []),
          ...(archived === null ? [`Press does not list ${site} as archived`] : []),
          ...(copy !== null && kept === null ? [`the vault has no copy ${copy}`] : []),
        ];
        if (failures.length > 0 && Date.now() < args.deadline) {
          throw new NotYet(failures.join('; '), timing.verifyInterval);
        }
        const backup =
          finalBackup && archived !== null
            ? await backupOf(account, archived, args.job, { signal })
            : null;
        return {
          ok: failures.length === 0,
          failures,
          exceptions: [],
          details: {
            ...(archived !== null && { archivedAs: archived }),
            finalBackup: finalBackup ? (backup ?? 'not listed by Press') : 'not asked for',
          },
        };
      });
    },
  };
}

/** The name that Press gave to what this job archived; others may have borne the name before. */
async function archivedBy(
  { press }: Account,
  site: string,
  job: string | null,
  options: CallOptions,
): Promise<string | null> {
  for (const { name } of await listArchivedSites(press, { site }, options)) {
    const rows = await listSiteActivity(press, { site: name, action: 'Archive' }, options);
    if (job === null || rows.some((row) => row.job === job)) return name;
  }
  return null;
}

/** The backup that the archive job has made, where Press has written it down. */
async function backupOf(
  { press }: Account,
  archivedAs: string,
  job: string | null,
  options: CallOptions,
): Promise<string | null> {
  const query = { site: archivedAs, statuses: ['Success'], offsite: true, limit: 5 } as const;
  const rows = await listBackups(press, query, options);
  return rows.find((row) => row.job !== null && row.job === job)?.name ?? null;
}
