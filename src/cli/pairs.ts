import type { InputProblem } from '../schemas/common.js';

/** What `--config` and its like say: `k=v`, where a value may hold more of `=`. */
export function pairs(
  path: string,
  given: readonly string[] = [],
  problems: InputProblem[],
): readonly (readonly [string, string])[] {
  return given.flatMap((text) => {
    const at = text.indexOf('=');
    if (at > 0) return [[text.slice(0, at).trim(), text.slice(at + 1)] as const];
    problems.push({ path, message: `"${text}": write it as name=value` });
    return [];
  });
}
