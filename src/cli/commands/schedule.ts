import { type Command, Option } from 'commander';
import {
  addBy,
  addExamples,
  addJson,
  addNotes,
  type ByOptions,
  type CommonOptions,
} from '../options.js';
import { run } from '../run.js';
import { CHECKABLE, type CreateOptions, WEEKDAYS } from '../schedule/options.js';

interface PauseOptions extends CommonOptions, ByOptions {
  readonly reason?: string;
}

const NAME = 'of the schedule';

/** `sitewright schedule`: backups and checks that repeat. */
export function registerSchedule(program: Command): void {
  const schedule = addExamples(
    program.command('schedule').description('backups and checks of sites that repeat'),
    ['schedule list --json', 'schedule create nightly --backup-all --every 1d --at 02:30'],
  );

  const create = schedule
    .command('create')
    .description('make a schedule; what it begins are operations like any other')
    .argument('<name>', '3 to 32 small letters, digits and dashes')
    .option('--backup <site>', 'back this site up, into the vault')
    .option('--backup-all', 'back up every Active site of the account, some at a time')
    .addOption(
      new Option('--check <operation>', 'only see whether it would be possible').choices(CHECKABLE),
    )
    .option('--site <site>', 'full name of the site of a --check')
    .requiredOption('--every <period>', 'such as 6h or 1d; at least 10m')
    .option('--at <time>', 'UTC: 02:30; the next one begins the first period (default: 00:00)')
    .addOption(
      new Option(
        '--on <weekday>',
        'UTC, of a period of whole weeks (default: the one of the next --at)',
      ).choices(WEEKDAYS),
    )
    .option('--account <name>', 'configured Frappe Cloud account (default: main)');
  const withExamples = addExamples(addJson(addBy(create)), [
    'schedule create shop-nightly --backup acme-shop.frappe.cloud --every 1d --at 02:30',
    'schedule create nightly --backup-all --every 1d --at 01:00',
    'schedule create may-we-upgrade --check upgrade --site acme-shop.frappe.cloud --every 7d --on mon --at 03:00',
  ]);
  addNotes(withExamples, [
    'One of --backup, --backup-all and --check. A --check is a dry run: it changes nothing.',
    'Each run is asked for by whoever has made the schedule. Where policy wants somebody to agree, it',
    '  waits for them; while it does, the next run is skipped.',
    'What is possible each run finds by itself: `sitewright schedule list` says how the last went.',
    'Nothing begins at once: `sitewright schedule run <name>` does that.',
  ]).action((name: string, options: CreateOptions) =>
    run(options, async (out) => (await import('../schedule/act.js')).create(out, name, options)),
  );

  addExamples(
    addJson(
      schedule
        .command('list')
        .description('list them, with what comes next and how the last time went'),
    ),
    ['schedule list', 'schedule list --json'],
  ).action((options: CommonOptions) =>
    run(options, async (out) => (await import('../schedule/act.js')).list(out)),
  );

  const pause = schedule
    .command('pause')
    .description('begin nothing more until it is resumed')
    .argument('<name>', NAME)
    .option('--reason <text>', 'why; `schedule list` shows it');
  addExamples(addJson(addBy(pause)), ['schedule pause nightly --reason "moving house"']).action(
    (name: string, options: PauseOptions) =>
      run(options, async (out) => (await import('../schedule/act.js')).pause(out, name, options)),
  );

  const resume = schedule
    .command('resume')
    .description('go on with what was paused')
    .argument('<name>', NAME);
  addExamples(addJson(addBy(resume)), ['schedule resume nightly']).action(
    (name: string, options: CommonOptions & ByOptions) =>
      run(options, async (out) => (await import('../schedule/act.js')).resume(out, name, options)),
  );

  const now = schedule
    .command('run')
    .description('begin it now, unless it is still under way')
    .argument('<name>', NAME);
  addExamples(addJson(now), ['schedule run nightly']).action(
    (name: string, options: CommonOptions) =>
      run(options, async (out) => (await import('../schedule/act.js')).runNow(out, name)),
  );

  const remove = schedule
    .command('delete')
    .description('remove it; what it has begun goes on')
    .argument('<name>', NAME);
  addExamples(addJson(remove), ['schedule delete nightly']).action(
    (name: string, options: CommonOptions) =>
      run(options, async (out) => (await import('../schedule/act.js')).remove(out, name)),
  );
}
