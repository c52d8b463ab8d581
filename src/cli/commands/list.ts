import { Option, type Command } from 'commander';
import type { ListFilter } from '../../client.js';
import { OUTCOMES, type OperationState } from '../../domain/operations.js';
import { ExitCode } from '../exit-codes.js';
import { addExamples, addJson, type CommonOptions, positive } from '../options.js';
import { run } from '../run.js';

const STATES = [
  'preflight',
  'waiting_approval',
  'queued',
  'running',
  'verifying',
  'compensating',
  'held',
  'needs_human',
  ...OUTCOMES,
] as const satisfies readonly OperationState[];

const DEFAULT_LIMIT = 50;

interface Options extends CommonOptions, Pick<ListFilter, 'site' | 'account' | 'state' | 'open'> {
  readonly attention?: boolean;
  readonly limit: number;
}

/** `sitewright list`: operations, newest first. */
export function registerList(program: Command): void {
  const command = program.command('list').description('list operations, newest first');
  command
    .option('--site <site>', 'of this site')
    .option('--account <name>', 'of this account')
    .addOption(new Option('--state <state>', 'in this state').choices(STATES))
    .option('--attention', 'only those a person should look at; asks the ledger too')
    .option('--open', 'only those that have not ended')
    .option('--limit <n>', 'how many at most', positive, DEFAULT_LIMIT);
  addExamples(addJson(command), [
    'list --open',
    'list --attention',
    'list --site acme.example.com --json',
  ]).action((options: Options) =>
    run(options, async (out) => {
      const [{ withSession }, { renderList }] = await Promise.all([
        import('../session.js'),
        import('../render/list.js'),
      ]);
      const { attention, limit, site, account, state, open } = options;
      const filter = {
        limit,
        ...(site !== undefined && { site }),
        ...(account !== undefined && { account }),
        ...(state !== undefined && { state }),
        ...(open && { open }),
      };
      return withSession(async (session) => {
        const operations = attention
          ? await (await import('../attention.js')).needingAttention(out, session, filter)
          : await session.client.list(filter);
        for (const operation of operations) out.document(operation);
        out.lines(renderList(operations, out.view()));
        if (operations.length === limit) {
          out.lines([`  ${limit} shown; there may be more: --limit ${limit * 4}`]);
        }
        return ExitCode.ok;
      });
    }),
  );
}
