import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

/** `sitewright change-plan <site>`: what it costs, and may use. */
export function registerChangePlan(program: Command): void {
  registerOperation<'change-plan', { readonly plan: string }>(program, {
    kind: 'change-plan',
    description: 'change what a site costs and may use; a Suspended site is taken up again by it',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      command.requiredOption('--plan <plan>', 'site plan as Press spells it, e.g. "USD 50"'),
    input: ({ plan }) => ({ plan }),
    examples: [
      'change-plan acme-shop.frappe.cloud --plan "USD 50" --dry-run',
      'change-plan acme-shop.frappe.cloud --plan "USD 50" --reason "order 4711" --wait',
    ],
    notes: [
      'Plans that an account may have: `sitewright plans`. Policy says which changes are allowed.',
      'If the server does not get the limits, the old plan comes back.',
    ],
  });
}
