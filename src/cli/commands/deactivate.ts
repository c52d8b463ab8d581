import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

/** `sitewright deactivate <site>`: takes it off. */
export function registerDeactivate(program: Command): void {
  registerOperation<'deactivate'>(program, {
    kind: 'deactivate',
    description: 'take a site off: nobody reaches it, its data stays, billing goes on',
    subject: { name: 'site', help: SITE_HELP },
    examples: [
      'deactivate acme-shop.frappe.cloud --wait',
      'deactivate acme-shop.frappe.cloud --reason "unpaid"',
    ],
  });
}
