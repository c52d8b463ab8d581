import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleWorkflows } from '../../scripts/bundle-workflows.js';

/** D 11: code without the source map. */
const BUDGET_BYTES = 1_000_000;

let folder: string;
let code: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-bundle-'));
  const file = path.join(folder, 'bundle.js');
  const entry = fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url));
  await bundleWorkflows(entry, file);
  const whole = await readFile(file, 'utf8');
  code = whole.replace(/\/\/# sourceMappingURL=.*$/m, '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('keeps the workflow bundle within its budget', () => {
  expect(code.length).toBeLessThan(BUDGET_BYTES);
});

it('holds workflows and domain, and nothing that runs outside the sandbox', () => {
  expect(code).toContain('./src/workflows/provision-site.ts');
  for (const stranger of [
    'node_modules/zod',
    'node_modules/undici',
    'node_modules/kysely',
    './src/activities/',
    './src/frappe-cloud/',
    './src/ledger/',
    './src/schemas/',
  ]) {
    expect(code).not.toContain(stranger);
  }
});
