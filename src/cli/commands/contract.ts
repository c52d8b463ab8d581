import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { addExamples, addJson } from '../options.js';
import { run } from '../run.js';

/** `sitewright contract check`: does Frappe Cloud still answer as this release understands it? */
export function registerContract(program: Command): void {
  const contract = addExamples(
    program
      .command('contract')
      .description('compare the API of a live account with what this release understands'),
    ['contract check', 'contract check --json'],
  );
  const check = contract
    .command('check')
    .description('ask everything that can be read without an effect; safe in production');
  addExamples(addJson(addAccount(check)), [
    'contract check',
    'contract check --account production --json',
  ]).action((options: EstateOptions) =>
    run(options, async (out) => {
      const [{ withEstate }, { checkContract }] = await Promise.all([
        import('../estate/connection.js'),
        import('../estate/check-contract.js'),
      ]);
      return withEstate(({ estate }) => checkContract(out, estate, options.account));
    }),
  );
}
