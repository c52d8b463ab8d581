import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Sitewright } from '../client.js';
import type { SealedValue } from '../domain/inputs.js';
import { InvalidInput } from '../errors.js';
import type { InputProblem } from '../schemas/common.js';
import { askHidden } from './prompt.js';

/** Secret site config by key, in clear: it is sealed before it leaves this process (D 7). */
export type Secrets = ReadonlyMap<string, string>;

export const NO_SECRETS: Secrets = new Map();

/** As many characters as any other value of site config may have. */
const LONGEST = 10_000;

/** What `--secret-config` takes from standard input. */
const FROM_INPUT = '-';

/**
 * Reads what `--secret-config` names: `key=value`, `key=@file`, `key=-` for standard input, and
 * `key` alone to be asked. Of files and standard input the last line break is no part.
 *
 * @throws InvalidInput with every problem there is; no message holds a value
 */
export async function readSecrets(
  given: readonly string[] = [],
  inputIsTaken = false,
): Promise<Secrets> {
  const secrets = new Map<string, string>();
  const problems: InputProblem[] = [];
  let taken = inputIsTaken;
  for (const option of given) {
    const { key, from } = split(option);
    const isInput = from === FROM_INPUT || from === null;
    const read = secrets.has(key)
      ? { problem: 'is given twice' }
      : isInput && taken
        ? { problem: 'cannot have standard input: something else reads it' }
        : await valueFrom(key, from);
    // What is asked for leaves standard input as it is.
    taken ||= from === FROM_INPUT;
    const problem = 'problem' in read ? read.problem : problemOfSecret(read.value);
    if (problem !== null) problems.push({ path: 'secretConfig', message: `"${key}" ${problem}` });
    else if ('value' in read) secrets.set(key, read.value);
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return secrets;
}

/** What is wrong with the value of a secret; null when nothing is. */
export function problemOfSecret(value: unknown): string | null {
  if (typeof value !== 'string') return 'is no text';
  if (value === '') return 'is empty, which Press would skip';
  return value.length > LONGEST ? `is longer than ${LONGEST} characters` : null;
}

/** Stands in the config for secrets, so that their keys can be checked with everything else. */
export function sealedLater(secrets: Secrets): Readonly<Record<string, SealedValue>> {
  return Object.fromEntries([...secrets.keys()].map((key) => [key, { sealed: 'to be sealed' }]));
}

/**
 * The input with its secrets encrypted to the key of the workers.
 *
 * @throws Unreachable when no worker tells its key
 */
export async function withSealed<Input extends object>(
  client: Pick<Sitewright, 'seal'>,
  input: Input,
  secrets: Secrets,
): Promise<Input> {
  if (secrets.size === 0) return input;
  const sealed = await Promise.all(
    [...secrets].map(async ([key, value]) => [key, await client.seal(value)] as const),
  );
  const config: object = 'config' in input ? { ...(input.config as object) } : {};
  return { ...input, config: { ...config, ...Object.fromEntries(sealed) } };
}

/** `from` is null for a key alone. */
function split(option: string): { readonly key: string; readonly from: string | null } {
  const at = option.indexOf('=');
  if (at < 0) return { key: option.trim(), from: null };
  return { key: option.slice(0, at).trim(), from: option.slice(at + 1) };
}

async function valueFrom(
  key: string,
  from: string | null,
): Promise<{ readonly value: string } | { readonly problem: string }> {
  if (key === '') return { problem: 'has no name: write it as name, name=@file or name=-' };
  if (from === null) {
    if (!process.stdin.isTTY) return { problem: 'can be asked for at a terminal only' };
    return { value: await askHidden(`${key}: `) };
  }
  if (from === FROM_INPUT) return { value: withoutLastBreak(await text(process.stdin)) };
  if (!from.startsWith('@')) return { value: from };
  try {
    return { value: withoutLastBreak(await readFile(from.slice(1), 'utf8')) };
  } catch (error) {
    return { problem: `cannot be read: ${(error as Error).message}` };
  }
}

function withoutLastBreak(value: string): string {
  return value.replace(/\r?\n$/, '');
}
