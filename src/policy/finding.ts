/** Where something stands in a policy file, as its members are named. */
export type Path = readonly (string | number)[];

/** Something wrong with a policy, or worth knowing, before its line is known. */
export interface Remark {
  readonly path: Path;
  /** Whether it is about the name of the last member instead of its value. */
  readonly ofKey?: boolean;
  readonly message: string;
}

/** The same with its place in the file; lines and columns count from 1. */
export interface PolicyFinding {
  readonly line: number;
  readonly column: number;
  /** E.g. `archive.0.approval`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** `line 4, column 12: archive.0.approval: …`. */
export function findingText({ line, column, path, message }: PolicyFinding): string {
  return `line ${line}, column ${column}: ${path === '' ? '' : `${path}: `}${message}`;
}
