import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { addSafety, SITE_HELP, siteChangeInput } from '../site-change-options.js';

interface AppOptions {
  readonly app: string;
  readonly plan?: string;
}

const APP = '--app <app>';
const SUBJECT = { name: 'site', help: SITE_HELP } as const;

/** `sitewright install-app <site>`. */
export function registerInstallApp(program: Command): void {
  registerOperation<'install-app', AppOptions>(program, {
    kind: 'install-app',
    description:
      'put an app of the bench on a site; a new app comes to the bench by deploy-bench first',
    subject: SUBJECT,
    options: (command) =>
      command
        .requiredOption(APP, 'name of the app, e.g. erpnext')
        .option(
          '--plan <plan>',
          'marketplace plan, for an app that costs money; as Press spells it',
        ),
    input: appInput,
    examples: [
      'install-app acme-shop.frappe.cloud --app erpnext --dry-run',
      'install-app acme-shop.frappe.cloud --app erpnext --wait',
      'install-app acme-shop.frappe.cloud --app insights --plan MARKETPLACE-PLAN-insights-003 --reason "order 4711"',
    ],
    notes: [
      'The site must be Active, and its bench must have the app: --dry-run tells.',
      'Plans of an app: `sitewright plans --app <app>`.',
      'Without --plan an app that costs money is installed all the same, and billed by nobody.',
      'If it fails, the subscription that Press would go on billing is ended.',
    ],
  });
}

interface UninstallOptions extends AppOptions {
  readonly skipSafetyCopy?: boolean;
}

/** `sitewright uninstall-app <site>`. */
export function registerUninstallApp(program: Command): void {
  registerOperation<'uninstall-app', UninstallOptions>(program, {
    kind: 'uninstall-app',
    description: 'take an app off a site, with every record it holds; a safety copy is made before',
    subject: SUBJECT,
    options: (command) =>
      addSafety(command.requiredOption(APP, 'name of the app; never frappe itself')),
    input: (options) => ({ ...appInput(options), ...siteChangeInput(options) }),
    examples: [
      'uninstall-app acme-shop.frappe.cloud --app lms --dry-run',
      'uninstall-app acme-shop.frappe.cloud --app lms --reason "not used" --wait',
    ],
    notes: [
      'The site must be Active. A backup is made and brought into the vault before.',
      'If it fails, that copy is restored, and the app is paid for again.',
    ],
  });
}

/** `sitewright change-app-plan <site>`. */
export function registerChangeAppPlan(program: Command): void {
  registerOperation<'change-app-plan', AppOptions>(program, {
    kind: 'change-app-plan',
    description: 'change what an app costs on a site that pays for it already; at once',
    subject: SUBJECT,
    options: (command) =>
      command
        .requiredOption(APP, 'name of the app, e.g. insights')
        .requiredOption('--plan <plan>', 'marketplace plan of that app, as Press spells it'),
    input: appInput,
    examples: [
      'change-app-plan acme-shop.frappe.cloud --app insights --plan MARKETPLACE-PLAN-insights-003 --wait',
    ],
    notes: [
      'Plans of an app: `sitewright plans --app <app>`.',
      'Nothing changes on the site; the bill does, from the answer on.',
    ],
  });
}

const appInput = ({ app, plan }: AppOptions) => ({ app, ...(plan !== undefined && { plan }) });
