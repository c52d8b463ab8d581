import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

/** `sitewright activate <site>`: puts it back on. */
export function registerActivate(program: Command): void {
  registerOperation<'activate'>(program, {
    kind: 'activate',
    description: 'put a site back on that is Inactive, or Broken and answers',
    subject: { name: 'site', help: SITE_HELP },
    examples: ['activate acme-shop.frappe.cloud --wait'],
  });
}
