import type { Command } from 'commander';
import { addAccount, addPage, type PageOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright backups`: those of Frappe Cloud; safety copies of ours are in the vault. */
export function registerBackups(program: Command): void {
  const command = program
    .command('backups')
    .description('list the backups of a site at Frappe Cloud that still have their files')
    .argument('<site>', 'name of the site');
  addExamples(addJson(addPage(addAccount(command), { withStart: false })), [
    'backups acme-shop.example.com',
    'backups acme-shop.example.com --json',
  ]).action((site: string, { limit, ...options }: PageOptions) =>
    show(options, {
      read: ({ estate, nameOf }) => estate.backups(options.account, nameOf(site), { limit }),
      render: async () => (await import('../estate/render-jobs.js')).renderBackups,
    }),
  );
}
