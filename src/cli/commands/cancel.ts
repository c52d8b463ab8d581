import type { Command } from 'commander';
import { decide, type DecisionOptions } from '../decision.js';
import { addBy, addExamples, addJson, addTarget } from '../options.js';
import { run } from '../run.js';

/** `sitewright cancel <site|operation>`. */
export function registerCancel(program: Command): void {
  const command = addTarget(
    program
      .command('cancel')
      .description('cancel an operation and undo what it did, if it can still be undone'),
  ).option('--reason <text>', 'why; kept in the ledger');
  addExamples(addJson(addBy(command)), ['cancel acme-shop.example.com --reason "…"']).action(
    (name: string, options: DecisionOptions) =>
      run(options, (out) =>
        decide(out, name, options, (client, operation, said) => client.cancel(operation, said)),
      ),
  );
}
