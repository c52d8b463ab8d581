import type { Command } from 'commander';
import { addExamples, addJson, addTarget, type CommonOptions } from '../options.js';
import { run } from '../run.js';
import type { OperationOptions } from '../target.js';

/** `sitewright watch <site|operation>`: shows an operation until it ends or needs a person. */
export function registerWatch(program: Command): void {
  const command = program
    .command('watch')
    .description('show an operation until it has ended or needs a person (exit code: its end)');
  addExamples(addJson(addTarget(command)), [
    'watch acme-shop.example.com',
    'watch acme-shop.example.com --json',
  ]).action((name: string, options: CommonOptions & OperationOptions) =>
    run(options, async (out) => {
      const [{ withSession }, { locate }, { exitCodeOfSeen, streamToTheEnd, watchToTheEnd }] =
        await Promise.all([
          import('../session.js'),
          import('../target.js'),
          import('../watching.js'),
        ]);
      return withSession(async (session) => {
        const { operationId } = await session.client.status(await locate(session, name, options));
        const watch = out.json ? streamToTheEnd : watchToTheEnd;
        return exitCodeOfSeen(await watch(out, session, operationId));
      });
    }),
  );
}
