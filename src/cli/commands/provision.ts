import type { Command } from 'commander';
import { exitCodeOf, type ExitCode } from '../exit-codes.js';
import {
  addBy,
  addExamples,
  addJson,
  addProvisionInput,
  type ByOptions,
  type CommonOptions,
} from '../options.js';
import type { Output } from '../output.js';
import type { ProvisionOptions } from '../provision-input.js';
import { run } from '../run.js';

type Options = ProvisionOptions & ByOptions & CommonOptions & { readonly wait?: boolean };

/** Long enough for a preflight, short enough not to be a wait. */
const FIRST_LOOK_MS = 5_000;

/** `sitewright provision <subdomain>`: creates a site. */
export function registerProvision(program: Command): void {
  const command = program.command('provision').description('create a site');
  addBy(addProvisionInput(command))
    .option('--dry-run', 'only show what would be done (the same as `plan`)')
    .option('--wait', 'wait until it has ended, or needs a person');
  addExamples(addJson(command), [
    'provision acme-shop --plan "USD 25" --apps frappe,erpnext --version "Version 15" --wait',
    'provision acme-shop … --config currency=EUR --custom-domain shop.example.com',
    'provision acme-shop … --hand-over login_link,administrator_password --wait',
    'provision acme-shop … --key order-4711 --json',
  ]).action((subdomain: string, options: Options) =>
    run(options, async (out) => {
      if (options.dryRun) return (await import('./plan.js')).plan(out, subdomain, options);
      return provision(out, subdomain, options);
    }),
  );
}

async function provision(out: Output, subdomain: string, options: Options): Promise<ExitCode> {
  const [
    { prepareProvision },
    { withSession },
    { exitCodeOfSeen, firstLook, showSeen, watchToTheEnd },
  ] = await Promise.all([
    import('../prepare-provision.js'),
    import('../session.js'),
    import('../watching.js'),
  ]);
  const { installation, input } = await prepareProvision(subdomain, options);
  return withSession(async (session) => {
    const handle = await session.client.provision(input);
    if (!handle.started) {
      out.lines([`known since an earlier start with this key: operation ${handle.operationId}`]);
    }
    if (options.wait) {
      return exitCodeOfSeen(await watchToTheEnd(out, session, handle.workflowId));
    }

    const seen = await firstLook(session, handle.workflowId, FIRST_LOOK_MS);
    const state = seen?.status.state ?? 'preflight';
    if (out.json) out.document({ ...handle, state });
    else if (seen !== null) showSeen(out, session, seen);
    else {
      out.lines([
        `Started provision of ${handle.site} (operation ${handle.operationId}); its preflight is not over yet.`,
        `  watch it: npx sitewright watch ${handle.site} --operation ${handle.operationId}`,
        '  is a worker running? npx sitewright doctor',
      ]);
    }
    return exitCodeOf(state);
  }, installation);
}
