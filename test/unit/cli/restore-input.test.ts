import { describe, expect, it } from 'vitest';
import { inputOf } from '../../../src/cli/commands/restore.js';
import { checkInput } from '../../../src/schemas/operation-inputs.js';

const REQUEST = { account: 'main', requestedBy: 'ops', site: 'acme-shop.example.com' };
const said = (options: Parameters<typeof inputOf>[0]) =>
  checkInput('restore', { ...REQUEST, ...inputOf(options) });

describe('the command `restore`', () => {
  it.each([
    [{ copy: 'vault-x' }, { from: { copy: 'vault-x' } }],
    [{ backup: 'b1' }, { from: { backup: 'b1' } }],
    [
      { backup: 'b1', of: 'shop.example.com' },
      { from: { backup: 'b1', ofSite: 'shop.example.com' } },
    ],
    [{ snapshot: 's1' }, { from: { snapshot: 's1' } }],
    [{ file: ['database=f1', 'config=f2'] }, { from: { files: { database: 'f1', config: 'f2' } } }],
    [
      { backup: 'b1', parts: 'database, public', skipFailingPatches: true, skipSafetyCopy: true },
      {
        from: { backup: 'b1' },
        parts: ['database', 'public'],
        skipFailingPatches: true,
        safetyCopy: 'skip',
      },
    ],
  ] as const)('%o', (options, input) => {
    expect(said(options)).toEqual({ ok: true, input: { ...REQUEST, ...input } });
  });

  it.each([
    [{}, /give one of --copy/],
    [{ copy: 'a', backup: 'b' }, /give one of --copy/],
    [{ copy: 'a', of: 'shop.example.com' }, /--of names the site/],
    [{ file: ['database'] }, /write it as kind=id/],
  ])('refuses %o', (options, why) => {
    expect(() => inputOf(options)).toThrow(why);
  });

  it('refuses a configuration alone, and kinds that are none', () => {
    expect(said({ file: ['config=f1'] }).ok).toBe(false);
    expect(said({ file: ['everything=f1'] }).ok).toBe(false);
  });
});
