import type { PolicyFinding } from '../../policy/finding.js';
import type { View } from '../output.js';
import { type DecisiveFile, fileText } from '../policy/decisive-file.js';
import { pad, widest } from './rows.js';

/** What `policy check` has found; also its JSON. */
export interface CheckedPolicy extends DecisiveFile {
  readonly ok: boolean;
  /** What it is, where it is right. */
  readonly version?: string;
  /** Kinds of operations that have rules. */
  readonly kinds?: number;
  readonly rules?: number;
  readonly problems: readonly PolicyFinding[];
  readonly notes: readonly PolicyFinding[];
}

/** `ok: …`, or a line per problem; then the notes. */
export function renderCheck(checked: CheckedPolicy, { colors }: View): readonly string[] {
  const { ok, version, kinds, rules, problems, notes } = checked;
  const head = ok
    ? `${colors.green('ok')}: version ${version ?? ''}, ${counted(kinds, 'kind')}, ${counted(rules, 'rule')} (${fileText(checked)})`
    : `${colors.red(counted(problems.length, 'problem'))} in ${fileText(checked)}`;
  const lines = [...problems, ...notes].map(placeText);
  const line = ({ path, message }: PolicyFinding, index: number) =>
    `  ${pad(lines[index] ?? '', widest(lines))}   ${path === '' ? '' : `${path}: `}${message}`;
  return [
    head,
    ...problems.map(line),
    ...(notes.length === 0 ? [] : ['worth knowing:']),
    ...notes.map((note, index) => line(note, problems.length + index)),
  ];
}

const placeText = ({ line, column }: PolicyFinding): string => `line ${line}, column ${column}`;

function counted(n = 0, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
