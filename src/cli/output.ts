import { once } from 'node:events';
import pc from 'picocolors';

/** picocolors' functions; without colour they return what they are given. */
export type Colors = ReturnType<typeof pc.createColors>;

/** What every rendering function needs to know about its reader. */
export interface View {
  readonly colors: Colors;
  /** What relative times are relative to. */
  readonly now: Date;
  /** Of clock times; default: the machine's. */
  readonly timeZone?: string;
}

/** Where a command writes. Results go to standard output, everything else to standard error. */
export interface Output {
  readonly json: boolean;
  /** Whether lines may be redrawn: a terminal, and a reader who is a person. */
  readonly live: boolean;
  readonly columns: number;
  /** As of now. */
  view(): View;
  /** For people: nothing with `--json`. */
  lines(lines: readonly string[]): void;
  /** For programs, one JSON document on a line: nothing without `--json`. */
  document(value: unknown): void;
  /** As it is, whatever the reader. */
  raw(text: string): void;
  /** As {@link raw}; resolves when the reader has taken so much that there is room for more. */
  pour(text: string): Promise<void>;
  /** On standard error. */
  aside(lines: readonly string[]): void;
}

/** The output of this process. */
export function createOutput({ json = false }: { readonly json?: boolean }): Output {
  const { stdout, stderr } = process;
  // Undefined where there is no terminal, which picocolors would take for "decide yourself".
  const live = stdout.isTTY === true && !json;
  const colors = pc.createColors(live && pc.isColorSupported);
  return {
    json,
    live,
    // 0 is what some terminals say when they do not know.
    columns: stdout.columns || 80,
    view: () => ({ colors, now: new Date() }),
    lines: (lines) => void (json || stdout.write(lines.map((line) => `${line}\n`).join(''))),
    document: (value) => void (json && stdout.write(`${JSON.stringify(value)}\n`)),
    raw: (text) => void stdout.write(text),
    pour: async (text) => void (stdout.write(text) || (await once(stdout, 'drain'))),
    aside: (lines) => void stderr.write(lines.map((line) => `${line}\n`).join('')),
  };
}
