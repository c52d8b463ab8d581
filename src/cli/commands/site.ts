import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright site`: everything about one site, as Frappe Cloud has it. */
export function registerSite(program: Command): void {
  const command = program
    .command('site')
    .description('show a site: status, plan and usage, apps, domains, config, backups, jobs')
    .argument('<site>', 'name of the site');
  addExamples(addJson(addAccount(command)), [
    'site acme-shop.example.com',
    'site acme-shop.example.com --json',
  ]).action((site: string, options: EstateOptions) =>
    show(options, {
      read: ({ estate, nameOf }) => estate.site(options.account, nameOf(site)),
      render: async () => (await import('../estate/render-site.js')).renderSite,
    }),
  );
}
