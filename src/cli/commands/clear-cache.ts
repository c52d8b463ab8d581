import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

/** `sitewright clear-cache <site>`. */
export function registerClearCache(program: Command): void {
  registerOperation<'clear-cache'>(program, {
    kind: 'clear-cache',
    description: 'empty the caches of a site; its first visits after that are slower',
    subject: { name: 'site', help: SITE_HELP },
    examples: ['clear-cache acme-shop.frappe.cloud --wait'],
    notes: ['The site must be Active, Inactive or Broken. There is nothing to put back.'],
  });
}
