import type { Command } from 'commander';
import { addAccount, addPage, type PageOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright jobs`: what Frappe Cloud has done with a site, the newest first. */
export function registerJobs(program: Command): void {
  const command = program
    .command('jobs')
    .description('list the jobs of a site at Frappe Cloud, newest first')
    .argument('<site>', 'name of the site');
  addExamples(addJson(addPage(addAccount(command))), [
    'jobs acme-shop.example.com',
    'jobs acme-shop.example.com --limit 200 --json',
  ]).action((site: string, { limit, start, ...options }: PageOptions) =>
    show(options, {
      read: ({ estate, nameOf }) =>
        estate.jobs(options.account, nameOf(site), {
          limit,
          ...(start !== undefined && { start }),
        }),
      render: async () => (await import('../estate/render-jobs.js')).renderJobs,
    }),
  );
}
