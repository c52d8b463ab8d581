import type { Command } from 'commander';
import type { Approval, Sitewright } from '../client.js';
import type { ExitCode } from './exit-codes.js';
import { decide, type DecisionOptions, type Said } from './decision.js';
import { addBy, addExamples, addJson, addTarget, collect } from './options.js';
import type { Output } from './output.js';
import { run } from './run.js';
import type { Takes } from './target.js';

interface Options extends DecisionOptions {
  readonly plan?: string;
  readonly siteName?: string;
  readonly acknowledge?: readonly string[];
  readonly print?: boolean;
}

/**
 * What a verdict is for; what is still being planned may be meant. Until the first effect a rejection
 * revokes what was approved.
 */
export const TAKES = {
  approve: ({ state, approval }) =>
    state === 'preflight' || (state === 'waiting_approval' && (approval?.missing ?? []).length > 0),
  reject: ({ state, approval }) =>
    state === 'preflight' ||
    (approval !== null && ['waiting_approval', 'queued', 'held'].includes(state)),
} as const satisfies Readonly<Record<string, Takes>>;

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
  if (verdict === 'approve') {
    command
      .option('--site-name <name>', 'the name of the site, where policy wants it typed')
      .option('--acknowledge <word>', 'what the plan wants acknowledged; repeatable', collect);
  }
  addExamples(addJson(addBy(command)), [
    `${verdict} acme-shop.example.com --reason "seen with the customer"`,
    `${verdict} acme-shop.example.com --operation 0f3a5c7e9b1d2f40 --reason "…" --by jane`,
    `${verdict} acme-shop.example.com --reason "…" --print`,
  ]).action((name: string, options: Options) =>
    run(options, (out) => {
      if (options.print) return print(out, verdict, name, options);
      const send = (client: Sitewright, operation: string, said: Said) =>
        client[verdict](operation, { ...said, ...saidOf(options) });
      return decide(out, name, options, send, TAKES[verdict]);
    }),
  );
}

/** What a verdict may say besides who and why. */
function saidOf({ plan, siteName, acknowledge = [] }: Options): Omit<Approval, 'by'> {
  return {
    ...(plan !== undefined && { planHash: plan }),
    ...(siteName !== undefined && { typedName: siteName }),
    ...(acknowledge.length > 0 && { acknowledges: acknowledge }),
  };
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
    const status = await session.client.status(
      await locate(session, name, options, TAKES[verdict]),
    );
    const { operationId, workflowId, plan } = status;
    const { reason } = options;
    const shown = { planHash: plan?.hash ?? '', ...saidOf(options) };
    const signal = { operationId, ...shown, by, reason };
    if (!out.json) {
      const where = session.linkTo(workflowId) ?? workflowId;
      out.aside([`Send the signal "${verdict}" with this input to ${where}:`]);
    }
    out.raw(`${JSON.stringify(signal)}\n`);
    return code.ok;
  }, installation);
}
