import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright plans`: of sites, or of a marketplace app. */
export function registerPlans(program: Command): void {
  const command = program
    .command('plans')
    .description('list the plans that sites of an account, or an app, may have, cheapest first')
    .option('--app <app>', 'those of this marketplace app, e.g. insights');
  addExamples(addJson(addAccount(command)), [
    'plans',
    'plans --app insights',
    'plans --account other --json',
  ]).action(({ app, ...options }: EstateOptions & { readonly app?: string }) =>
    app === undefined
      ? show(options, {
          read: ({ estate }) => estate.plans(options.account),
          render: async () => (await import('../estate/render-account.js')).renderPlans,
        })
      : show(options, {
          read: ({ estate }) => estate.appPlans(options.account, app),
          render: async () => (await import('../estate/render-account.js')).renderAppPlans,
        }),
  );
}
