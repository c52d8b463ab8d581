import { takeBackup } from '../backups/take.js';
import { newBackupDocument } from '../documents/backup-doctype.js';
import type { DocMethod } from '../documents/doctype.js';
import { missing } from '../http/errors.js';
import { truthy } from '../json.js';
import { userOf } from './endpoint.js';
import { backupLink } from './site-backups.js';

/** Dashboard methods of Site about backups (B 1.2, B 1.4). */
export const backupMethods: Readonly<Record<string, DocMethod>> = {
  schedule_backup: {
    params: ['with_files', 'physical'],
    mutates: true,
    run(context, name, args) {
      const { world, checkedAt } = context;
      const site = world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      const backup = takeBackup(world, site, {
        owner: userOf(context).user,
        withFiles: truthy(args.with_files),
        physical: truthy(args.physical),
        checkedAt,
      });
      return newBackupDocument(world, backup);
    },
  },
  get_backup_download_link: {
    params: ['backup', 'file'],
    requires: ['backup', 'file'],
    mutates: true,
    run(context, name, args) {
      const site = context.world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      return backupLink(context, site, args);
    },
  },
};
