import { type Command, Option } from 'commander';
import { InvalidInput } from '../../errors.js';
import type { BackUpSiteInput } from '../../domain/inputs.js';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

interface BackupOptions {
  readonly databaseOnly?: boolean;
  readonly physical?: boolean;
  readonly keep?: 'vault' | 'press';
}

/** `sitewright backup <site>`: a backup, into the vault or kept at Press for a day. */
export function registerBackup(program: Command): void {
  registerOperation<'backup', BackupOptions>(program, {
    kind: 'backup',
    description: 'make a backup of a site, and bring it into the vault',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      command
        .option('--database-only', 'without files; it stays at Frappe Cloud, for a day')
        .option('--physical', 'a disk snapshot, with downtime; off by default at Frappe Cloud')
        .addOption(
          new Option(
            '--keep <where>',
            'the vault, or Frappe Cloud for a day (default: vault, for a backup with files)',
          ).choices(['vault', 'press']),
        ),
    input: backupInput,
    examples: [
      'backup acme-shop.frappe.cloud --wait',
      'backup acme-shop.frappe.cloud --keep press',
      'backup acme-shop.frappe.cloud --database-only',
    ],
    notes: [
      'For the vault the site must be Active; else it may be Inactive, Broken or Suspended, too.',
      'Frappe Cloud keeps what is not in the vault for 24 hours, on the server of the site.',
      'Nothing on the site changes. A --physical backup takes it down for a while, and is refused',
      '  where Frappe Cloud has them switched off.',
      'What there is: `sitewright vault list` and `sitewright backups <site>`; to use it: `restore`.',
      'Policy may want somebody to agree first: `sitewright policy explain --kind backup`.',
    ],
  });
}

/** What the options say. @throws InvalidInput */
export function backupInput({
  databaseOnly,
  physical,
  keep,
}: BackupOptions): Pick<BackUpSiteInput, 'what' | 'keep'> {
  if (databaseOnly && physical) {
    throw new InvalidInput([{ path: 'what', message: 'either --database-only or --physical' }]);
  }
  return {
    ...(databaseOnly && { what: 'database' as const }),
    ...(physical && { what: 'physical' as const }),
    ...(keep !== undefined && { keep }),
  };
}
