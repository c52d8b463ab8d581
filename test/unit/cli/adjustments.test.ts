import { describe, expect, it } from 'vitest';
import { configFrom } from '../../../src/cli/commands/config-commands.js';
import { editInput } from '../../../src/cli/commands/scheduled-update-commands.js';
import { withSealed } from '../../../src/cli/secrets.js';
import { createProgram } from '../../../src/cli/program.js';
import { ADJUSTMENT_KINDS } from '../../../src/domain/operations.js';
import { checkInput } from '../../../src/schemas/operation-inputs.js';

const REQUEST = { account: 'main', requestedBy: 'ops', site: 'acme.frappe.cloud' };
const commandOf = (kind: string) =>
  createProgram().commands.find((command) => command.name() === kind);

/** What a command makes of its options, without running it. */
function optionsOf(kind: string, ...args: readonly string[]): Record<string, unknown> {
  const command = commandOf(kind);
  command?.parseOptions(['acme', ...args]);
  return command?.opts() ?? {};
}

describe('commands of adjustments', () => {
  it.each(ADJUSTMENT_KINDS)('%s has a command of that name', (kind) => {
    expect(commandOf(kind)).toBeDefined();
  });

  it.each([
    ['install-app', '--app'],
    ['uninstall-app', '--app'],
    ['change-app-plan', '--plan'],
    ['change-plan', '--plan'],
    ['delete-config', '--config-key'],
    ['add-domain', '--domain'],
    ['set-redirect', '--domain'],
  ])('%s needs %s', (kind, option) => {
    const mandatory = commandOf(kind)?.options.filter(({ mandatory: needed }) => needed);
    expect(mandatory?.map(({ long }) => long)).toContain(option);
  });
});

describe('update-config', () => {
  it('reads values as provision does', () => {
    const config = configFrom(['currency=EUR', 'max_file_size=20', 'disable_signup=true']);
    expect(config).toEqual({ currency: 'EUR', max_file_size: 20, disable_signup: true });
  });

  it('says what is wrong with a pair', () => {
    expect(() => configFrom(['currency'])).toThrow(/currency/);
  });

  it('needs at least one key', () => {
    const checked = checkInput('update-config', { ...REQUEST, config: {} });
    expect(checked).toMatchObject({ ok: false, problems: [{ path: 'config' }] });
  });

  it('sends secrets sealed, beside what is in clear', async () => {
    const seal = (value: unknown) => Promise.resolve({ sealed: `sealed ${String(value).length}` });
    const input = { ...REQUEST, config: { currency: 'EUR' } };
    const sealed = await withSealed({ seal }, input, new Map([['mail_password', 'hush']]));
    expect(sealed.config).toEqual({ currency: 'EUR', mail_password: { sealed: 'sealed 4' } });
    expect(JSON.stringify(sealed)).not.toContain('hush');
  });
});

describe('edit-scheduled-update', () => {
  const kind = 'edit-scheduled-update';

  it('leaves what is not said', () => {
    expect(editInput(optionsOf(kind))).toEqual({});
    const at = '2026-12-01T22:00:00Z';
    expect(editInput(optionsOf(kind, '--at', at))).toEqual({ at });
  });

  it('can say yes and no', () => {
    expect(editInput(optionsOf(kind, '--skip-backups'))).toEqual({ skipBackups: true });
    const said = optionsOf(kind, '--no-skip-backups', '--no-skip-failing-patches');
    expect(editInput(said)).toEqual({ skipBackups: false, skipFailingPatches: false });
  });

  it('wants an offset with its time', () => {
    const asked = { ...REQUEST, at: '2026-12-01 22:00' };
    expect(checkInput(kind, asked)).toMatchObject({ ok: false, problems: [{ path: 'at' }] });
  });
});
