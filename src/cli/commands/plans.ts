import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright plans`. */
export function registerPlans(program: Command): void {
  const command = program
    .command('plans')
    .description('list the plans that sites of an account may have, cheapest first');
  addExamples(addJson(addAccount(command)), ['plans', 'plans --account other --json']).action(
    (options: EstateOptions) =>
      show(options, {
        read: ({ estate }) => estate.plans(options.account),
        render: async () => (await import('../estate/render-account.js')).renderPlans,
      }),
  );
}
