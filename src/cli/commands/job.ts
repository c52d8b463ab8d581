import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson } from '../options.js';

/** `sitewright job`: one job with its steps and what they printed. */
export function registerJob(program: Command): void {
  const command = program
    .command('job')
    .description('show a job of Frappe Cloud: its steps, and the end of what each printed')
    .argument('<job>', 'name of the job, as `jobs` and errors print it');
  addExamples(addJson(addAccount(command)), ['job vgtuklgivk', 'job vgtuklgivk --json']).action(
    (job: string, options: EstateOptions) =>
      show(options, {
        read: ({ estate }) => estate.job(options.account, job),
        render: async () => (await import('../estate/render-jobs.js')).renderJob,
      }),
  );
}
