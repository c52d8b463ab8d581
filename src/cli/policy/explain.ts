import { readFileSync } from 'node:fs';
import { loadConfig } from '../../config.js';
import type { OperationKind } from '../../domain/operations.js';
import { explain, type Policy } from '../../domain/policy.js';
import { InvalidInput } from '../../errors.js';
import { loadPolicy } from '../../policy-file.js';
import { checkInput } from '../../schemas/operation-inputs.js';
import { ExitCode } from '../exit-codes.js';
import type { ByOptions } from '../options.js';
import type { Output } from '../output.js';
import { namedPerson } from '../person.js';
import { type ExplainedPolicy, renderExplanation } from '../render/policy-explanation.js';
import { type DecisiveFile, decisiveFile } from './decisive-file.js';
import { type AskedInput, factsOf, type GivenFacts, readFacts } from './facts.js';
import { guardsOf } from './guards.js';

export interface ExplainOptions extends ByOptions {
  readonly kind: OperationKind;
  readonly input?: string;
  readonly inputFile?: string;
  readonly fact?: readonly string[];
  readonly file?: string;
}

/** The account of those who have only one. */
const DEFAULT_ACCOUNT = 'main';

/**
 * Shows how a policy comes to its decision about an operation.
 *
 * @throws InvalidInput, InvalidPolicy, InvalidConfig
 */
export async function explainPolicy(out: Output, options: ExplainOptions): Promise<ExitCode> {
  const { kind } = options;
  const given = readFacts(options.fact ?? []);
  const asked = readInput(options);
  const config = loadConfig();
  const decisive = await decisiveFile(options.file);
  const policy = loadPolicy(decisive.file);
  const by = options.by ?? asked?.requestedBy ?? namedPerson(undefined, config.user);
  const request = { account: DEFAULT_ACCOUNT, ...asked, requestedBy: by };
  const input = asked === null ? request : checkedInput(kind, request);
  const explained = explainedBy(policy, { kind, input, given, decisive });
  out.document(explained);
  out.lines(renderExplanation(explained, out.view()));
  return explained.refusals.length === 0 ? ExitCode.ok : ExitCode.refused;
}

function explainedBy(
  policy: Policy,
  {
    kind,
    input,
    given,
    decisive,
  }: {
    readonly kind: OperationKind;
    readonly input: AskedInput;
    readonly given: GivenFacts;
    readonly decisive: DecisiveFile;
  },
): ExplainedPolicy {
  const facts = factsOf(kind, input, { given, policy, now: Date.now() });
  const { verdict, rules } = explain(policy, kind, facts);
  const guards = guardsOf(policy, { kind, input, facts, given });
  const refused = guards.filter(({ says }) => says === 'refuses').map(({ detail }) => detail);
  const unknown = rules.flatMap(({ outcome, conditions }) =>
    outcome === 'not_reached'
      ? []
      : conditions.filter(({ given: known }) => known === null).map(({ fact }) => fact),
  );
  return {
    kind,
    ...decisive,
    version: policy.version,
    facts: { ...facts, ...(facts.at !== undefined && { at: new Date(facts.at).toISOString() }) },
    unknown: [...new Set(unknown)],
    rules,
    rule: verdict.rule,
    approval: verdict.approval,
    guards,
    refusals: [...new Set([...(verdict.refusal === null ? [] : [verdict.refusal]), ...refused])],
  };
}

/** The input as it was written; null when none was given. @throws InvalidInput */
function readInput({ input, inputFile }: ExplainOptions): AskedInput | null {
  if (input !== undefined && inputFile !== undefined) {
    throw wrong('--input-file', 'either this or --input');
  }
  const name = inputFile === undefined ? '--input' : '--input-file';
  const text = inputFile === undefined ? input : textOf(inputFile);
  if (text === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw wrong(name, `is no JSON: ${(error as Error).message}`);
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw wrong(name, 'must be a JSON object');
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? process.stdin.fd : file, 'utf8');
  } catch (error) {
    throw wrong('--input-file', `${file} cannot be read: ${(error as Error).message}`);
  }
}

function checkedInput(kind: OperationKind, request: AskedInput): AskedInput {
  const checked = checkInput(kind, request);
  if (!checked.ok) throw new InvalidInput(checked.problems);
  return checked.input;
}

const wrong = (path: string, message: string) => new InvalidInput([{ path, message }]);
