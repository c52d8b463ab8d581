import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP, type SiteChangeOptions } from '../site-change-options.js';

type ReinstallOptions = Pick<SiteChangeOptions, 'skipSafetyCopy'>;

/** `sitewright reinstall <site>`: empties it. */
export function registerReinstall(program: Command): void {
  registerOperation<'reinstall', ReinstallOptions>(program, {
    kind: 'reinstall',
    description: 'empty a site: its apps stay, all of its data goes; with a safety copy before',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      command.option(
        '--skip-safety-copy',
        'do without a copy, where policy allows it: one more approver, and no way back',
      ),
    input: ({ skipSafetyCopy }) => (skipSafetyCopy ? { safetyCopy: 'skip' } : {}),
    examples: [
      'reinstall acme-trial.frappe.cloud --dry-run',
      'reinstall acme-trial.frappe.cloud --reason "start over" --wait',
    ],
  });
}
