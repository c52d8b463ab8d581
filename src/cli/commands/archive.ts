import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP, type SiteChangeOptions } from '../site-change-options.js';

interface Options extends Pick<SiteChangeOptions, 'skipSafetyCopy'> {
  /** Commander's reading of `--no-final-backup`: true unless it was given. */
  readonly finalBackup?: boolean;
}

/** `sitewright archive <site>`: takes it away. */
export function registerArchive(program: Command): void {
  registerOperation<'archive', Options>(program, {
    kind: 'archive',
    description: 'take a site away for good, with a safety copy in the vault before',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      command
        .option('--no-final-backup', 'Press makes no backup of its own while it archives')
        .option(
          '--skip-safety-copy',
          'do without a copy, where policy allows it: one more approver, and no way back',
        ),
    input: ({ finalBackup, skipSafetyCopy }) => ({
      ...(finalBackup === false && { finalBackup }),
      ...(skipSafetyCopy && { safetyCopy: 'skip' }),
    }),
    examples: [
      'archive acme-old.frappe.cloud --dry-run',
      'archive acme-old.frappe.cloud --reason "contract ended" --wait',
      'archive acme-old.frappe.cloud --no-final-backup',
    ],
  });
}
