import type { Command } from 'commander';
import { decide, type DecisionOptions } from '../decision.js';
import { addBy, addExamples, addJson, addTarget } from '../options.js';
import { run } from '../run.js';

/** `sitewright resume <site|operation>`. */
export function registerResume(program: Command): void {
  const command = addTarget(
    program.command('resume').description('let an operation that is held go on'),
  ).option('--reason <text>', 'why; shown to others');
  addExamples(addJson(addBy(command)), ['resume acme-shop.example.com --reason "…"']).action(
    (name: string, options: DecisionOptions) =>
      run(options, (out) =>
        decide(
          out,
          name,
          options,
          async (client, operation, said) => {
            await client.resume(operation, said);
            return null;
          },
          ({ state }) => state === 'held',
        ),
      ),
  );
}
