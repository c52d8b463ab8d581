import { createOutput } from '../../../src/cli/output.js';
import { createProgram } from '../../../src/cli/program.js';
import { fail } from '../../../src/cli/run.js';

/** Runs a command line in this process; answers its exit code. */
export async function sitewright(...args: readonly string[]): Promise<number> {
  process.exitCode = 0;
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
  } catch (error) {
    return fail(createOutput({ json: args.includes('--json') }), error);
  }
  return Number(process.exitCode);
}
