import { ExitCode } from '../exit-codes.js';
import type { CommonOptions } from '../options.js';
import type { View } from '../output.js';
import { run } from '../run.js';
import type { Connected } from './connection.js';

/** A reading that is shown on one screen, or as one JSON document. */
export interface Showing<T> {
  readonly read: (connected: Connected) => Promise<T>;
  /** Loads what renders it: help must not. */
  readonly render: () => Promise<(value: T, view: View) => readonly string[]>;
}

/** Runs a command that reads something from the gateway and shows it. */
export function show<T>(options: CommonOptions, { read, render }: Showing<T>): Promise<void> {
  return run(options, async (out) => {
    const [{ withEstate }, rendered] = await Promise.all([import('./connection.js'), render()]);
    return withEstate(async (connected) => {
      const value = await read(connected);
      out.document(value);
      out.lines(rendered(value, { ...out.view(), now: connected.estate.now() }));
      return ExitCode.ok;
    });
  });
}
