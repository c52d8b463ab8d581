import type { Command } from 'commander';
import type { ExitCode } from '../exit-codes.js';
import {
  addBy,
  addExamples,
  addJson,
  addProvisionInput,
  type ByOptions,
  type CommonOptions,
  SUBDOMAIN_HELP,
} from '../options.js';
import type { Output } from '../output.js';
import type { ProvisionOptions } from '../provision-input.js';
import { run } from '../run.js';

type Options = ProvisionOptions & ByOptions & CommonOptions;

/** `sitewright plan <subdomain>`: what a provision would do, without touching anything. */
export function registerPlan(program: Command): void {
  const command = program
    .command('plan')
    .description('show what a provision would do, without touching anything')
    .argument('<subdomain>', SUBDOMAIN_HELP);
  addExamples(addJson(addBy(addProvisionInput(command))), [
    'plan acme-shop --plan "USD 25" --apps frappe,erpnext --version "Version 15"',
  ]).action((subdomain: string, options: Options) =>
    run(options, (out) => plan(out, subdomain, options)),
  );
}

/** Runs a dry run to its end and shows the plan. */
export async function plan(out: Output, subdomain: string, options: Options): Promise<ExitCode> {
  const [
    { prepareProvision },
    { commandLineOf },
    { withSealed },
    { withSession },
    { showPlanned },
  ] = await Promise.all([
    import('../prepare-provision.js'),
    import('../command-line.js'),
    import('../secrets.js'),
    import('../session.js'),
    import('../started.js'),
  ]);
  // A key of a real operation must stay free for it.
  const keyless = { ...options, key: undefined };
  const { installation, input, secrets } = await prepareProvision(subdomain, keyless);
  return withSession(async (session) => {
    const sealed = await withSealed(session.client, input, secrets);
    const handle = await session.client.provision({ ...sealed, dryRun: true });
    return showPlanned(out, session, handle, commandLineOf('provision', input, secrets));
  }, installation);
}
