import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InvalidConfig, loadConfig } from '../../../src/config.js';

/** Loads the configuration in a folder of its own. */
function load(env: Record<string, string>, files: Record<string, string> = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sitewright-tenants-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return loadConfig(env, folder).tenants;
}

function problemsOf(env: Record<string, string>, files?: Record<string, string>) {
  try {
    load(env, files);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems;
    throw error;
  }
  return [];
}

const MAIN = {
  MAPLEPRESS_MAIN_URL: 'https://maplepress.example',
  MAPLEPRESS_MAIN_EMAIL: 'ops@example.com',
  MAPLEPRESS_MAIN_PASSWORD: 'SecurePass123!',
};

describe('the configuration of MaplePress tenants', () => {
  it('is none unless one is named', () => {
    expect(load({})).toEqual([]);
  });

  it('comes from the environment', () => {
    const limits = {
      MAPLEPRESS_MAIN_REQUESTS_PER_SECOND: '2',
      MAPLEPRESS_MAIN_COMMAND_TIMEOUT_MS: '9000',
    };
    expect(load({ ...MAIN, ...limits })).toEqual([
      {
        name: 'main',
        url: 'https://maplepress.example',
        email: 'ops@example.com',
        password: 'SecurePass123!',
        requestsPerSecond: 2,
        timeouts: { commandMs: 9000 },
      },
    ]);
  });

  it('comes from the config file; the environment wins; passwords from files', () => {
    const yaml = [
      'tenants:',
      '  main: { url: https://maplepress.example, email: file@example.com }',
      '  two: { url: "http://localhost:8000", email: two@example.com, passwordFile: two.txt }',
    ].join('\n');
    const tenants = load(
      { MAPLEPRESS_MAIN_EMAIL: 'env@example.com', MAPLEPRESS_MAIN_PASSWORD_FILE: 'main.txt' },
      { 'sitewright.config.yaml': yaml, 'main.txt': 'pass-one\n', 'two.txt': 'pass-two\n' },
    );
    expect(tenants.map(({ name, email, password }) => [name, email, password])).toEqual([
      ['main', 'env@example.com', 'pass-one'],
      ['two', 'two@example.com', 'pass-two'],
    ]);
  });

  it.each([
    ['MAPLEPRESS_MAIN_PASSWORD', 'password is missing (half a login is no login)'],
    ['MAPLEPRESS_MAIN_EMAIL', 'email is missing (half a login is no login)'],
    ['MAPLEPRESS_MAIN_URL', 'url is missing'],
  ])('without %s refuses to start', (variable, problem) => {
    const env = Object.fromEntries(Object.entries(MAIN).filter(([name]) => name !== variable));
    expect(problemsOf(env)).toEqual([`MaplePress tenant main: ${problem}`]);
  });

  it.each([
    [{ MAPLEPRESS_MAIN_URL: 'http://maplepress.example' }, 'must be https'],
    [{ MAPLEPRESS_MAIN_URL: 'https://maplepress.example/api' }, 'bare http(s) origin'],
    [{ MAPLEPRESS_MAIN_PASSWORD: '', MAPLEPRESS_MAIN_PASSWORD_FILE: 'no.txt' }, 'cannot be read'],
    [{ MAPLEPRESS_MAIN_PASSWORD: '', MAPLEPRESS_MAIN_PASSWORD_FILE: 'empty' }, 'is empty'],
    [{ MAPLEPRESS_MAIN_REQUESTS_PER_SECOND: 'many' }, 'requestsPerSecond'],
  ])('with %j refuses to start', (settings, problem) => {
    const problems = problemsOf({ ...MAIN, ...settings }, { empty: '\n' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
    expect(problems[0]).not.toContain(MAIN.MAPLEPRESS_MAIN_PASSWORD);
  });
});
