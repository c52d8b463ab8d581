import { Option, type Command } from 'commander';
import { InvalidInput } from '../../errors.js';
import type { BatchOptions } from '../batch/options.js';
import type { ExitCode } from '../exit-codes.js';
import {
  addBy,
  addExamples,
  addJson,
  addProvisionInput,
  positive,
  SUBDOMAIN_HELP,
} from '../options.js';
import type { Output } from '../output.js';
import { run } from '../run.js';

type Options = Omit<BatchOptions, 'file'> & { readonly file?: string };

/** `sitewright provision <subdomain>`: creates a site; with `--file` one per row. */
export function registerProvision(program: Command): void {
  const command = program
    .command('provision')
    .description('create a site, or one per row of a file')
    .argument('[subdomain]', `${SUBDOMAIN_HELP}; not with --file`);
  addBy(addProvisionInput(command))
    .option('--dry-run', 'only show what would be done (the same as `plan`)')
    .option('--wait', 'wait until it has ended, or needs a person');
  addBatchOptions(command);
  addExamples(addJson(command), [
    'provision acme-shop --plan "USD 25" --apps frappe,erpnext --version "Version 15" --wait',
    'provision acme-shop … --config currency=EUR --custom-domain shop.example.com',
    'provision acme-shop … --secret-config mail_password=@mail-password.txt',
    'provision acme-shop … --hand-over login_link,administrator_password --wait',
    'provision acme-shop … --key order-4711 --json',
    'provision --file sites.csv --version "Version 15" --wait --stop-after 3',
    'provision --file - --format jsonl --json < sites.jsonl',
  ])
    .addHelpText('after', FILE_HELP)
    .action((subdomain: string | undefined, options: Options) =>
      run(options, async (out) => {
        const { file } = options;
        if (file !== undefined) return batch(out, subdomain, { ...options, file });
        const name = nameOfOne(subdomain, options);
        if (options.dryRun) return (await import('./plan.js')).plan(out, name, options);
        return provision(out, name, options);
      }),
    );
}

function addBatchOptions(command: Command): void {
  command
    .option('--file <file>', 'one site per row; - is standard input')
    .addOption(
      new Option(
        '--format <format>',
        'of the file (default: what its name or its text tells)',
      ).choices(['csv', 'jsonl']),
    )
    .option('--batch <name>', 'what tells this batch from others (default: name of the file)')
    .option('--concurrency <n>', 'rows at once (default: 10)', positive)
    .option('--stop-after <n>', 'start no more rows after n failures (default: never)', positive);
}

/** Behind the examples. */
const FILE_HELP = `
Rows of a file (a heading and CSV, or a JSON object per line):
  subdomain, plan, version, account, cluster, group, domain, server, reason, ifBusy, key
  apps, customDomains, handOver           names, with spaces or ; between them
  config.<name>, secret.<name>, appPlans.<app>
  What a row leaves empty is taken from the options. Nothing is started unless every row of
  the file is right; of standard input, each row is looked at when it comes.
  The same batch again starts no row twice (for the same --by): a row without a key gets one,
  made of the name of the batch and what is in the row but the values of its secrets.
  Ctrl-C starts no more rows, and waits for those that are under way.`;

/** @throws InvalidInput */
async function batch(
  out: Output,
  subdomain: string | undefined,
  options: BatchOptions,
): Promise<ExitCode> {
  if (subdomain !== undefined) {
    throw new InvalidInput([{ path: 'subdomain', message: 'not with --file: its rows name them' }]);
  }
  const { provisionBatch } = await import('../batch/provision-batch.js');
  return provisionBatch(out, options);
}

/** @throws InvalidInput */
function nameOfOne(subdomain: string | undefined, options: Options): string {
  const { format, batch, concurrency, stopAfter } = options;
  const ofFiles = { '--format': format, '--batch': batch, '--concurrency': concurrency };
  const problems = Object.entries({ ...ofFiles, '--stop-after': stopAfter })
    .filter(([, value]) => value !== undefined)
    .map(([path]) => ({ path, message: 'only with --file' }));
  if (subdomain === undefined) {
    problems.unshift({ path: 'subdomain', message: 'missing; e.g. acme-shop (or --file)' });
  }
  if (subdomain === undefined || problems.length > 0) throw new InvalidInput(problems);
  return subdomain;
}

async function provision(out: Output, subdomain: string, options: Options): Promise<ExitCode> {
  const [{ prepareProvision }, { withSealed }, { withSession }, { showStarted }] =
    await Promise.all([
      import('../prepare-provision.js'),
      import('../secrets.js'),
      import('../session.js'),
      import('../started.js'),
    ]);
  const { installation, input, secrets } = await prepareProvision(subdomain, options);
  return withSession(async (session) => {
    const sealed = await withSealed(session.client, input, secrets);
    const handle = await session.client.provision(sealed);
    return showStarted(out, session, 'provision', handle, options);
  }, installation);
}
