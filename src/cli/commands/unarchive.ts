import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';

interface Options {
  readonly copy?: string;
  readonly plan?: string;
  readonly group?: string;
}

/** `sitewright unarchive <site>`: makes it again. */
export function registerUnarchive(program: Command): void {
  registerOperation<'unarchive', Options>(program, {
    kind: 'unarchive',
    description: 'make a site again that was archived, under its old name',
    subject: { name: 'site', help: 'the name it had, in full, or its subdomain' },
    options: (command) =>
      command
        .option('--copy <handle>', 'copy in the vault (default: the newest of the site)')
        .option('--plan <plan>', 'site plan (default: the one it had)')
        .option('--group <group>', 'bench group (default: the one it was on)'),
    input: ({ copy, plan, group }) => ({
      ...(copy !== undefined && { copy }),
      ...(plan !== undefined && { plan }),
      ...(group !== undefined && { group }),
    }),
    examples: [
      'unarchive acme-old.frappe.cloud --dry-run',
      'unarchive acme-old.frappe.cloud --wait',
      'unarchive acme-old.frappe.cloud --plan "USD 25" --group bench-0042',
    ],
  });
}
