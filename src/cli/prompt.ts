import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { InvalidInput } from '../errors.js';
import { Interrupted } from './errors.js';

/** Where a terminal is: what is typed comes from `input`, what is asked goes to `output`. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks for a line that is not shown while it is typed.
 *
 * @throws Interrupted on Ctrl-C
 * @throws InvalidInput when the input ends instead
 */
export async function askHidden(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  output.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(new Interrupted('nothing was sent', 'start again')));
      lines.once('close', () =>
        reject(new InvalidInput([{ path: 'secretConfig', message: 'no answer was given' }])),
      );
    });
  } finally {
    lines.close();
    output.write('\n');
  }
}
