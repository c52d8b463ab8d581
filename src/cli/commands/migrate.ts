import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import {
  addSiteChange,
  SITE_HELP,
  siteChangeInput,
  type SiteChangeOptions,
} from '../site-change-options.js';

/** `sitewright migrate <site>`: runs the migrations of a site where it stands. */
export function registerMigrate(program: Command): void {
  registerOperation<'migrate', SiteChangeOptions>(program, {
    kind: 'migrate',
    description: 'run the migrations of a site where it stands, with a safety copy before',
    subject: { name: 'site', help: SITE_HELP },
    options: addSiteChange,
    input: siteChangeInput,
    examples: [
      'migrate acme-shop.frappe.cloud --wait',
      'migrate acme-shop.frappe.cloud --skip-failing-patches',
    ],
  });
}
