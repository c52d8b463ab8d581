import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

/** `sitewright login-link <site>`: a way into the site as Administrator, for one claim. */
export function registerLoginLink(program: Command): void {
  registerOperation<'login-link'>(program, {
    kind: 'login-link',
    description:
      'make a link that opens a site as Administrator; `sitewright claim` takes it, once',
    subject: { name: 'site', help: SITE_HELP },
    examples: [
      'login-link acme-shop.frappe.cloud --reason "ticket 4711" --wait',
      'login-link acme-shop.frappe.cloud --dry-run',
    ],
    notes: [
      'The site must be Active. Whoever has the link is Administrator until its session ends.',
      'The link itself is shown by nothing but `sitewright claim <handle>`, once; --wait and',
      '  `sitewright status <site>` print that line when the link is there, and until when it waits.',
      'Policy may want somebody to agree first: `sitewright policy explain --kind login-link`.',
    ],
  });
}
