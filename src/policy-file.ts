import { readFileSync } from 'node:fs';
import type { Policy } from './domain/policy.js';
import { findingText, type PolicyFinding } from './policy/finding.js';
import { type PolicyReport, readPolicy } from './policy/read-policy.js';

/** Everything wrong with a policy file, each with its line and column. */
export class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}`;
    super(`policy ${file} has ${count}:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

/**
 * Reads and checks a policy file (D 6).
 *
 * @throws InvalidPolicy with every problem and its line
 */
export function loadPolicy(file: string): Policy {
  const { policy, problems } = inspectPolicy(file);
  if (policy === null) throw new InvalidPolicy(file, problems.map(findingText));
  return policy;
}

/** As {@link loadPolicy}, for those who want to see everything that is to be said about it. */
export function inspectPolicy(file: string): PolicyReport {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? ''})`;
    const problem: PolicyFinding = { line: 1, column: 1, path: '', message };
    return { policy: null, problems: [problem], notes: [] };
  }
  return readPolicy(text);
}
