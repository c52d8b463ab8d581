import { CommanderError } from 'commander';
import { ExitCode } from './exit-codes.js';
import { createOutput } from './output.js';
import { createProgram } from './program.js';
import { fail } from './run.js';

/** `sitewright … | head` closes our output early, which is no mistake of anybody. */
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const args = process.argv.slice(2);
try {
  await createProgram().parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
} catch (error) {
  const help = error instanceof CommanderError && error.exitCode === ExitCode.ok;
  if (!help) process.exitCode = fail(createOutput({ json: args.includes('--json') }), error);
}
