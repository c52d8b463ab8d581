import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import {
  addAt,
  addSiteChange,
  SITE_HELP,
  siteChangeInput,
  type SiteChangeOptions,
} from '../site-change-options.js';

/** `sitewright update <site>`: to the newest bench of its group. */
export function registerUpdate(program: Command): void {
  registerOperation<'update', SiteChangeOptions>(program, {
    kind: 'update',
    description: 'bring a site to the newest bench of its group, with a safety copy before',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) => addAt(addSiteChange(command)),
    input: siteChangeInput,
    examples: [
      'update acme-shop.frappe.cloud --wait',
      'update acme-shop.frappe.cloud --at window',
      'update acme-shop.frappe.cloud --dry-run',
    ],
  });
}
