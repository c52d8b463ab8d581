import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { sitewright } from './sitewright.js';

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

it.each(['provision', 'archive', 'deploy-bench'])(
  '%s --help tells what it does when busy',
  (name) => {
    const command = createProgram().commands.find((candidate) => candidate.name() === name);
    const option = command?.options.find(({ long }) => long === '--if-busy');
    expect(option).toMatchObject({
      description: expect.stringContaining('(default: queue)') as string,
      // The workflow knows it: what is not typed must not make another payload of the same key.
      defaultValue: undefined,
    });
  },
);

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

  it('takes one site or a file, and wants to know which', async () => {
    expect(await sitewright('provision', '--stop-after', '3')).toBe(64);
    expect(stderr).toContain('  subdomain      missing; e.g. acme-shop (or --file)');
    expect(stderr).toContain('  --stop-after   only with --file');
    expect(await sitewright('provision', 'acme-shop', '--file', 'sites.csv')).toBe(64);
    expect(stderr).toContain('  subdomain   not with --file: its rows name them');
    expect(await sitewright('provision', '--file', 'sites.csv', '--key', 'k')).toBe(64);
    expect(stderr).toContain(
      '  --key   names one operation; with --file, rows have a column "key"',
    );
    expect(await sitewright('provision', '--file', folder)).toBe(64);
    expect(stderr).toContain('it is a directory');
  });

  it('lists problems of a file by line, before anybody is asked', async () => {
    const file = path.join(folder, 'sites.csv');
    await writeFile(file, 'subdomain,plan\nacme-shop,USD 25\nAcme,\n');
    expect(await sitewright('provision', '--file', file, '--apps', 'frappe')).toBe(64);
    expect(stderr).toBe(`Cannot start: sites.csv has 4 problems, nothing was sent
  line 2  version    missing; for all rows: --version
  line 3  subdomain  "Acme": only a–z, 0–9 and -, 5 to 32 characters
  line 3  plan       missing; for all rows: --plan
  line 3  version    missing; for all rows: --version
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
