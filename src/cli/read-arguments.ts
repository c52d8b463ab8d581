import { InvalidInput } from '../errors.js';
import type { InputProblem } from '../schemas/common.js';
import { pairs } from './pairs.js';

/**
 * The arguments of a read.
 *
 * @param nameOf the full name of a site
 * @throws InvalidInput for what is not `key=value`, and for a name given twice
 */
export function toArguments(
  given: readonly string[] | undefined,
  nameOf: (site: string) => string,
): Readonly<Record<string, string>> {
  const problems: InputProblem[] = [];
  const read = new Map<string, string>();
  for (const [name, value] of pairs('--arg', given, problems)) {
    if (read.has(name)) problems.push({ path: '--arg', message: `${name} is given twice` });
    read.set(name, name === 'site' ? nameOf(value) : value);
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return Object.fromEntries(read);
}
