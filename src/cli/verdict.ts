import type { Command } from 'commander';
import type { ExitCode } from './exit-codes.js';
import { decide, type DecisionOptions } from './decision.js';
import { addBy, addExamples, addJson, addTarget } from './options.js';
import type { Output } from './output.js';
import { run } from './run.js';

interface Options extends DecisionOptions {
  readonly plan?: string;
  readonly print?: boolean;
}

/** `approve` and `reject`, which differ in their verdict only. */
export function registerVerdict(
  program: Command,
  verdict: 'approve' | 'reject',
  description: string,
): void {
  const command = addTarget(program.command(verdict).description(description))
    .requiredOption('--reason <text>', 'why; kept in the ledger')
    .option('--plan <hash>', 'the plan that is meant (default: the one shown now)')
    .option('--print', 'send nothing; print what the signal form of the Temporal UI takes');
  addExamples(addJson(addBy(command)), [
    `${verdict} acme-shop.example.com --reason "seen with the customer"`,
    `${verdict} acme-shop.example.com --operation 0f3a5c7e9b1d2f40 --reason "…" --by jane`,
    `${verdict} acme-shop.example.com --reason "…" --print`,
  ]).action((name: string, options: Options) =>
    run(options, (out) => {
      if (options.print) return print(out, verdict, name, options);
      const plan = options.plan === undefined ? {} : { planHash: options.plan };
      return decide(out, name, options, (client, operation, said) =>
        client[verdict](operation, { ...said, ...plan }),
      );
    }),
  );
}

/** The decision as a signal: from the UI it is sent by whoever is at the keyboard there. */
async function print(
  out: Output,
  verdict: 'approve' | 'reject',
  name: string,
  options: Options,
): Promise<ExitCode> {
  const [{ withSession, findInstallation }, { personFrom }, { locate }, { ExitCode: code }] =
    await Promise.all([
      import('./session.js'),
      import('./person.js'),
      import('./target.js'),
      import('./exit-codes.js'),
    ]);
  const installation = await findInstallation();
  const by = personFrom(options.by, installation.config.user);
  return withSession(async (session) => {
    const status = await session.client.status(await locate(session, name, options));
    const { operationId, workflowId, plan } = status;
    const { reason } = options;
    const signal = { operationId, planHash: options.plan ?? plan?.hash ?? '', by, reason };
    if (!out.json) {
      const where = session.linkTo(workflowId) ?? workflowId;
      out.aside([`Send the signal "${verdict}" with this input to ${where}:`]);
    }
    out.raw(`${JSON.stringify(signal)}\n`);
    return code.ok;
  }, installation);
}
