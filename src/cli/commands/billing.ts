import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright billing`. */
export function registerBilling(program: Command): void {
  const command = program
    .command('billing')
    .description('show what an account owes, has paid and will pay');
  addExamples(addJson(addAccount(command)), ['billing', 'billing --account other --json']).action(
    (options: EstateOptions) =>
      show(options, {
        read: ({ estate }) => estate.billing(options.account),
        render: async () => (await import('../estate/render-account.js')).renderBilling,
      }),
  );
}
