import type { Command } from 'commander';
import { ExitCode } from '../exit-codes.js';
import { addBy, addExamples, addJson, type ByOptions, type CommonOptions } from '../options.js';
import type { Output } from '../output.js';
import { run } from '../run.js';

type Options = ByOptions & CommonOptions;

/** `sitewright claim <handle>`: takes a secret that an operation has handed over. */
export function registerClaim(program: Command): void {
  const command = program
    .command('claim')
    .description('take a login link or password that was handed over; it can be taken once')
    .argument('<handle>', 'where it waits, as the result of the operation tells');
  addExamples(addJson(addBy(command)), [
    'claim 5b2f6c1de08a4b7f93c64e0d1a8b7c25',
    'claim 5b2f6c1de08a4b7f93c64e0d1a8b7c25 > /run/secrets/acme-shop   # the value alone',
  ]).action((handle: string, options: Options) =>
    run(options, (out) => claim(out, handle, options)),
  );
}

async function claim(out: Output, handle: string, options: Options): Promise<ExitCode> {
  const [{ withSession, findInstallation }, { personFrom }] = await Promise.all([
    import('../session.js'),
    import('../person.js'),
  ]);
  const installation = await findInstallation();
  const by = personFrom(options.by, installation.config.user);
  return withSession(async ({ client }) => {
    const secret = await client.claimSecret(handle, { by });
    const { label, value, operationId } = secret;
    if (out.json) out.document(secret);
    else {
      out.aside([`The ${label} of operation ${operationId}; it is kept nowhere else:`]);
      out.raw(`${value}\n`);
    }
    return ExitCode.ok;
  }, installation);
}
