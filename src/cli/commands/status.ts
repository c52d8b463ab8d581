import type { Command } from 'commander';
import { ExitCode } from '../exit-codes.js';
import { addExamples, addJson, addTarget, type CommonOptions } from '../options.js';
import { run } from '../run.js';
import type { OperationOptions } from '../target.js';

/** `sitewright status <site|operation>`: how an operation stands, and what can be done. */
export function registerStatus(program: Command): void {
  const command = program
    .command('status')
    .description('show how an operation stands, and the next command');
  addExamples(addJson(addTarget(command)), [
    'status acme-shop.example.com',
    'status acme-shop.example.com --operation 0f3a5c7e9b1d2f40 --json',
  ]).action((name: string, options: CommonOptions & OperationOptions) =>
    run(options, async (out) => {
      const [{ withSession }, { lookAt }, { locate }, { showSeen }] = await Promise.all([
        import('../session.js'),
        import('../follow.js'),
        import('../target.js'),
        import('../watching.js'),
      ]);
      return withSession(async (session) => {
        const seen = await lookAt(session.client, await locate(session, name, options));
        await showSeen(out, session, seen);
        return ExitCode.ok;
      });
    }),
  );
}
