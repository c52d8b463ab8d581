import { Argument, type Command } from 'commander';
import { CHOICES, type Choice } from '../../domain/messages.js';
import { decide, type DecisionOptions } from '../decision.js';
import { addBy, addExamples, addJson, addTarget } from '../options.js';
import { run } from '../run.js';

/** `sitewright resolve <site|operation> <choice>`: decides what needs a person. */
export function registerResolve(program: Command): void {
  const command = addTarget(
    program.command('resolve').description('decide how an operation that needs a person goes on'),
  )
    .addArgument(
      new Argument('<choice>', 'what to do (`status` tells what each does)').choices(CHOICES),
    )
    .requiredOption('--reason <text>', 'why; kept in the ledger');
  addExamples(addJson(addBy(command)), [
    'resolve acme-shop.example.com retry --reason "Press is back"',
    'resolve acme-shop.example.com --operation 0f3a5c7e9b1d2f40 roll_back --reason "…"',
  ]).action((name: string, choice: Choice, options: DecisionOptions) =>
    run(options, (out) =>
      decide(
        out,
        name,
        options,
        (client, operation, said) => client.resolve(operation, choice, said),
        ({ choices }) => choices.includes(choice),
      ),
    ),
  );
}
