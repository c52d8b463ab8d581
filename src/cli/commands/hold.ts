import type { Command } from 'commander';
import { decide, type DecisionOptions } from '../decision.js';
import { addBy, addExamples, addJson, addTarget } from '../options.js';
import { run } from '../run.js';

/** `sitewright hold <site|operation>`. */
export function registerHold(program: Command): void {
  const command = addTarget(
    program.command('hold').description('stop an operation before its next step, until `resume`'),
  ).option('--reason <text>', 'why; shown to others');
  addExamples(addJson(addBy(command)), ['hold acme-shop.example.com --reason "…"']).action(
    (name: string, options: DecisionOptions) =>
      run(options, (out) =>
        decide(out, name, options, async (client, operation, said) => {
          await client.hold(operation, said);
          return null;
        }),
      ),
  );
}
