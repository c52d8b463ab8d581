import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutput } from '../../../src/cli/output.js';
import { createProgram } from '../../../src/cli/program.js';
import { fail } from '../../../src/cli/run.js';

let folder: string;
let stdout: string;
let stderr: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-cli-'));
  vi.stubEnv('SITEWRIGHT_DATA_DIR', folder);
  stdout = '';
  stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

/** Answers the exit code. */
async function sitewright(...args: readonly string[]): Promise<number> {
  process.exitCode = 0;
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
  } catch (error) {
    return fail(createOutput({ json: args.includes('--json') }), error);
  }
  return Number(process.exitCode);
}

const commands = createProgram()
  .commands.map((command) => command.name())
  .filter((name) => name !== 'help');

describe('help', () => {
  it.each(commands)('%s shows examples and --json', (name) => {
    const command = createProgram().commands.find((candidate) => candidate.name() === name);
    let help = '';
    command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toContain('--json');
    expect(help).toContain(`  $ npx sitewright ${name}`);
  });
});

describe('with --json', () => {
  it('is one document on standard output and nothing else, also for bad input', async () => {
    expect(await sitewright('provision', 'Acme Corp', '--apps', 'erpnext', '--json')).toBe(64);
    const { error } = JSON.parse(stdout) as {
      error: { name: string; problems: { path: string }[] };
    };
    expect(error.name).toBe('InvalidInput');
    expect(error.problems.map((problem) => problem.path)).toEqual([
      'subdomain',
      'plan',
      'version',
      'apps',
    ]);
    expect(stderr).toBe('');
  });

  it('says what is wrong with the command line itself', async () => {
    expect(await sitewright('approve', 'acme.example.com', '--json')).toBe(64);
    expect(JSON.parse(stdout)).toEqual({
      error: { name: 'InvalidInput', message: "required option '--reason <text>' not specified" },
    });
    expect(stderr).toBe('');
  });

  it('says what is missing, with its name', async () => {
    expect(await sitewright('ledger', 'acme.example.com', '--json')).toBe(66);
    expect(JSON.parse(stdout)).toMatchObject({ error: { name: 'LedgerMissing' } });
  });
});

describe('for people', () => {
  it('lists every problem, aligned, on standard error', async () => {
    expect(await sitewright('provision', 'Acme Corp', '--apps', 'erpnext')).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toBe(`Cannot start: 4 problems, nothing was sent
  subdomain   "Acme Corp": only a–z, 0–9 and -, 5 to 32 characters; try "acme-corp"
  plan        missing; e.g. --plan "USD 25"
  version     missing; e.g. --version "Version 15"
  apps        the first app must be frappe; try frappe,erpnext
exit code 64
`);
  });

  it('suggests the command that was meant', async () => {
    expect(await sitewright('statsu')).toBe(64);
    expect(stderr).toContain('Did you mean status?');
  });

  it('takes --version of a provision for the version of the site', async () => {
    expect(await sitewright('provision', 'x', '--version', 'Version 15')).toBe(64);
    expect(stderr).not.toContain('  version');
  });

  it('refuses a decision by nobody in particular', async () => {
    const by = ['--reason', 'why', '--by', 'jane@example.com'];
    expect(await sitewright('approve', 'acme.example.com', ...by)).toBe(64);
    expect(stderr).toContain('--by   "jane@example.com": only letters');
  });
});
