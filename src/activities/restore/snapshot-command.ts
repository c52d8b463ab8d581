import type { RestoreSnapshotArgs } from '../../domain/restore.js';
import {
  listSiteJobs,
  restoreSiteFromPhysicalBackup,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import type { RemoteCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { SNAPSHOT_JOBS } from './restore-tracker.js';
import { madeSince } from '../made-since.js';

/** Puts the database of a disk snapshot in the place of a site's own (B 2.6). */
export function snapshotCommand(
  { accounts }: ActivityDeps,
  { key, account: name, site, backup }: RestoreSnapshotArgs,
  options: CallOptions,
): RemoteCommand {
  const account = accounts.get(name);
  return {
    key,
    account,
    endpoint: 'press.api.client.run_doc_method Site.restore_site_from_physical_backup',
    payload: { site, backup },
    repeat: 'after_horizon',
    async send(since) {
      await restoreSiteFromPhysicalBackup(account.press, { site, backup }, options);
      return { kind: 'snapshot-restore', site, since };
    },
    async locate(since) {
      const listed = await listSiteJobs(account.press, { site, job_types: SNAPSHOT_JOBS }, options);
      const jobs = listed.found === 'own' ? listed.jobs : [];
      const made = await madeSince(account, site, jobs, since, options);
      if (made === null) return { state: 'ambiguous', reason: `${site} may be being restored` };
      return made.length === 0
        ? { state: 'none' }
        : { state: 'found', tracker: { kind: 'snapshot-restore', site, since }, evidence: {} };
    },
  };
}
