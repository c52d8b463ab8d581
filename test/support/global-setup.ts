import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundleWorkflows } from '../../scripts/bundle-workflows.js';
import { startEmbeddedTemporal } from '../../src/temporal/embedded-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** gRPC address of the run's Temporal server. */
    temporalAddress: string;
    namespace: string;
    /** For `workflowBundle: { codePath }`. */
    bundlePath: string;
    /** The compiled tree (`npm pretest` builds it), for tests that start real processes. */
    distPath: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One Temporal dev server and one workflow bundle per run, gone when the run ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sitewright-test-'));
  const bundlePath = path.join(folder, 'workflow-bundle.js');
  const [server] = await Promise.all([
    startEmbeddedTemporal({
      dataDir: path.join(folder, 'temporal'),
      ui: false,
      fastTimers: true,
      durability: 'off',
    }),
    bundleWorkflows(path.join(root, 'src/workflows/index.ts'), bundlePath),
  ]);
  project.provide('temporalAddress', server.address);
  project.provide('namespace', server.namespace);
  project.provide('bundlePath', bundlePath);
  project.provide('distPath', path.join(root, 'dist'));

  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
