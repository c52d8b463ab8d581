import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleWorkflows } from '../../../scripts/bundle-workflows.js';

async function bundle(workflowsFile: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sitewright-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bundlePath = path.join(folder, 'not', 'there', 'yet', 'bundle.js');
  await bundleWorkflows(
    fileURLToPath(new URL(`./workflows/${workflowsFile}`, import.meta.url)),
    bundlePath,
  );
  return readFile(bundlePath, 'utf8');
}

describe('bundling workflows', () => {
  it('takes the failure converter in, and the modules that the sandbox has', async () => {
    const code = await bundle('asserts.ts');
    expect(code).toContain('asserts');
    expect(code).toContain('encodeCommonAttributes: true');
  });

  it('names a module that workflows must not use', async () => {
    await expect(bundle('reads-files.ts')).rejects.toThrow(/disallowed modules[^]*'fs'/);
  });
});
