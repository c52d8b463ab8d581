import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright account`. */
export function registerAccount(program: Command): void {
  const command = program
    .command('account')
    .description('show who an account is at Frappe Cloud, and what its team may do');
  addExamples(addJson(addAccount(command)), ['account', 'account --account other --json']).action(
    (options: EstateOptions) =>
      show(options, {
        read: ({ estate }) => estate.account(options.account),
        render: async () => (await import('../estate/render-account.js')).renderAccount,
      }),
  );
}
