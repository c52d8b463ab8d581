import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandLineOf } from '../../../src/cli/command-line.js';
import { askHidden } from '../../../src/cli/prompt.js';
import { provisionInputFrom } from '../../../src/cli/provision-input.js';
import { readSecrets, withSealed } from '../../../src/cli/secrets.js';
import { InvalidInput } from '../../../src/errors.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-secrets-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function problemsOf(...given: readonly string[]): Promise<readonly string[]> {
  const error: unknown = await readSecrets(given, true).catch((error: unknown) => error);
  return error instanceof InvalidInput ? error.problems.map(({ message }) => message) : [];
}

describe('--secret-config', () => {
  it('takes a value, or a file without its last line break', async () => {
    const file = path.join(folder, 'mail');
    await writeFile(file, 'two\nlines\r\n');
    const secrets = await readSecrets([`mail=@${file}`, 'pin=0=0']);
    expect([...secrets]).toEqual([
      ['mail', 'two\nlines'],
      ['pin', '0=0'],
    ]);
  });

  it('tells every problem, and no value', async () => {
    const missing = path.join(folder, 'missing');
    expect(await problemsOf('=x', 'a=hidden', 'a=hidden', 'b=', 'c=-', `d=@${missing}`)).toEqual([
      '"" has no name: write it as name, name=@file or name=-',
      '"a" is given twice',
      '"b" is empty, which Press would skip',
      '"c" cannot have standard input: something else reads it',
      expect.stringContaining('"d" cannot be read: ENOENT') as string,
    ]);
  });
});

describe('secrets in an input', () => {
  const options = { plan: 'USD 25', apps: 'frappe', version: 'Version 15' };
  const defaults = { account: 'main', domain: undefined, requestedBy: 'ops' };
  const secrets = new Map([['pin', '007']]);

  it('are sealed before it is sent', async () => {
    const plain = { ...options, config: ['port=25'] };
    const input = provisionInputFrom('acme-shop', plain, defaults, secrets);
    const seal = async (secret: string) => ({ sealed: [...secret].reverse().join('') });
    const sealed = await withSealed({ seal }, input, secrets);
    expect(sealed.config).toEqual({ port: 25, pin: { sealed: '700' } });
  });

  it('are asked for by the command line that is shown', () => {
    const input = provisionInputFrom('acme-shop', options, defaults, secrets);
    expect(commandLineOf('provision', input, secrets)).toContain('--secret-config pin --by ops');
  });

  it('are not given in clear, too', () => {
    const both = { ...options, config: ['pin=1'] };
    expect(() => provisionInputFrom('acme-shop', both, defaults, secrets)).toThrow(
      'secretConfig: "pin" is given with --config, too',
    );
  });
});

describe('a question whose answer is not shown', () => {
  const terminal = () => ({ input: new PassThrough(), output: new PassThrough() });

  it('is answered by a line', async () => {
    const { input, output } = terminal();
    const answer = askHidden('pin: ', { input, output });
    input.write('00x\u007f7\r');
    expect(await answer).toBe('007');
    output.end();
    expect(await text(output)).toBe('pin: \n');
  });

  it('is left by Ctrl-C', async () => {
    const { input, output } = terminal();
    const answer = askHidden('pin: ', { input, output });
    input.write('00\u0003');
    await expect(answer).rejects.toMatchObject({ name: 'Interrupted' });
  });

  it('is not answered by an end', async () => {
    const { input, output } = terminal();
    const answer = askHidden('pin: ', { input, output });
    input.end();
    await expect(answer).rejects.toThrow('no answer was given');
  });
});
