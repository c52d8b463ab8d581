import { stringify } from 'yaml';
import type { ReadAnswer, Reads } from '../../schemas/estate/reads.js';
import type { View } from '../output.js';

/** Every read with its arguments below it; those in brackets may be left out. */
export function renderReads({ reads }: Reads, { colors }: View): readonly string[] {
  return [
    ...reads.flatMap(({ endpoint, what, arguments: args }) => [
      endpoint,
      `  ${colors.dim(what)}`,
      ...args.map(({ name, what: meaning, required }) => {
        const argument = `--arg ${name}=…`;
        return `  ${required ? argument : `[${argument}]`}  ${colors.dim(meaning)}`;
      }),
    ]),
    `${reads.length} reads; one of them: npx sitewright read <endpoint> --arg <key=value>`,
  ];
}

/** What would move the cursor or turn the writing round; YAML itself escapes only some of it. */
const UNPRINTABLE = /[^\P{C}\n\t]/gu;

/** As YAML. */
export function renderAnswer({ answer }: ReadAnswer): readonly string[] {
  const text = stringify(answer, { lineWidth: 0 }).replace(UNPRINTABLE, escaped);
  return text.trimEnd().split('\n');
}

const escaped = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
