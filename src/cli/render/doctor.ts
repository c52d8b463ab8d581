import type { Finding } from '../doctor/finding.js';
import type { View } from '../output.js';

/** A line per finding, and below it what to do. */
export function renderFindings(findings: readonly Finding[], { colors }: View): readonly string[] {
  const marks = { ok: colors.green('✓'), warn: colors.yellow('!'), bad: colors.red('✗') };
  return findings.flatMap(({ result, message, hint }) => [
    `  ${marks[result]} ${message}`,
    ...(hint === undefined ? [] : [`        → ${hint}`]),
  ]);
}
