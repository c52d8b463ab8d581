import type { Sitewright } from '../client.js';
import type { Answer } from '../domain/messages.js';
import { ExitCode } from './exit-codes.js';
import type { ByOptions, CommonOptions } from './options.js';
import type { Output } from './output.js';
import { row } from './render/rows.js';
import type { OperationOptions, Takes } from './target.js';

/** Options of the commands that tell an operation something. */
export interface DecisionOptions extends CommonOptions, ByOptions, OperationOptions {
  readonly reason?: string;
}

/** Who says it, and why, as the client takes it. */
export interface Said {
  readonly by: string;
  readonly reason?: string;
}

/**
 * Sends a decision about an operation and shows what it came to. `send` answers null where
 * nothing is answered (signals).
 *
 * @param takes which of several open operations of a site is meant; absent: only they can tell
 */
export async function decide(
  out: Output,
  name: string,
  options: DecisionOptions,
  send: (client: Sitewright, operation: string, said: Said) => Promise<Answer | null>,
  takes?: Takes,
): Promise<ExitCode> {
  const [{ withSession, findInstallation }, { personFrom }, { locate }] = await Promise.all([
    import('./session.js'),
    import('./person.js'),
    import('./target.js'),
  ]);
  const installation = await findInstallation();
  const by = personFrom(options.by, installation.config.user);
  const said = { by, ...(options.reason !== undefined && { reason: options.reason }) };
  return withSession(async (session) => {
    const operation = await locate(session, name, options, takes);
    const answer = await send(session.client, operation, said);
    out.document(answer ?? { accepted: true, reason: 'sent' });
    out.lines(renderAnswer(answer, options.operation === undefined ? operation : name, options));
    return answer?.accepted === false ? ExitCode.refused : ExitCode.ok;
  }, installation);
}

function renderAnswer(
  answer: Answer | null,
  name: string,
  { operation }: OperationOptions,
): readonly string[] {
  const on = operation === undefined ? name : `${name} --operation ${operation}`;
  const said =
    answer === null
      ? 'sent: it takes effect between two steps'
      : `${answer.accepted ? 'accepted' : 'not accepted'}: ${answer.reason}`;
  return [said, row(['watch', `npx sitewright watch ${on}`])];
}
