import { errorDocument, exitCodeOfError, Interrupted } from './errors.js';
import type { ExitCode } from './exit-codes.js';
import { createOutput, type Output } from './output.js';
import { renderError } from './render/error.js';

/** Runs the work of a command and ends the process with its code; every error is explained. */
export async function run(
  options: { readonly json?: boolean },
  work: (out: Output) => Promise<ExitCode>,
): Promise<void> {
  const out = createOutput(options);
  try {
    process.exitCode = await work(out);
  } catch (error) {
    process.exitCode = fail(out, error);
    // A call that nobody answers would keep the process for seconds after Ctrl-C.
    if (error instanceof Interrupted) process.stdout.write('', () => process.exit());
  }
}

/** Says what went wrong where the reader looks: with `--json` on standard output. */
export function fail(out: Output, error: unknown): ExitCode {
  const code = exitCodeOfError(error);
  if (out.json) out.document(errorDocument(error));
  else out.aside([...renderError(error, out.view()), `exit code ${code}`]);
  return code;
}
