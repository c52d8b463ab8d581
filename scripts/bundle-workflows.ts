import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { failureConverterPath } from '../src/temporal/data-converter.js';

type WebpackHook = NonNullable<Parameters<typeof bundleWorkflowCode>[0]['webpackConfigHook']>;
type WebpackPlugin = NonNullable<Parameters<WebpackHook>[0]['plugins']>[number];
interface Webpack {
  NormalModuleReplacementPlugin: new (
    request: RegExp,
    replace: (resource: { request: string }) => void,
  ) => WebpackPlugin;
}

/** Beside the workflows, whichever of the two trees runs this: `.ts`, or compiled `.js`. */
const INTERCEPTORS = fileURLToPath(
  new URL(`../src/workflows/interceptors${path.extname(import.meta.url)}`, import.meta.url),
);

/**
 * Bundles the workflows reachable from an entry file (`.ts` or compiled `.js`) into one file for
 * the workers' `workflowBundle: { codePath }`. Building it takes the worker a second at each start.
 */
export async function bundleWorkflows(workflowsPath: string, bundlePath: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [INTERCEPTORS],
    failureConverterPath,
    webpackConfigHook: withoutNodeScheme,
    // The bundler names the module at fault only in its log, and only as an error (SDK 1.4).
    logger: new DefaultLogger('ERROR'),
  });
  await mkdir(path.dirname(bundlePath), { recursive: true });
  await writeFile(bundlePath, code);
}

/**
 * Turns `node:fs` into `fs`: the SDK then refuses it by name instead of "webpack finished with
 * errors" (SDK 3).
 */
const withoutNodeScheme: WebpackHook = (config) => ({
  ...config,
  plugins: [
    ...(config.plugins ?? []),
    new (loadWebpack().NormalModuleReplacementPlugin)(/^node:/, (resource) => {
      resource.request = resource.request.slice('node:'.length);
    }),
  ],
});

/** The worker's own webpack: another copy's plugins would not fit its compiler. */
function loadWebpack(): Webpack {
  const workerModule = createRequire(import.meta.url).resolve('@temporalio/worker');
  return createRequire(workerModule)('webpack') as Webpack;
}

/** `tsc` emits no `.mjs`, and the compiled code loads some beside itself. */
async function copyPlainModules(from: string, to: string): Promise<void> {
  const modules = (await readdir(from)).filter((file) => file.endsWith('.mjs'));
  await Promise.all(modules.map((file) => copyFile(path.join(from, file), path.join(to, file))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = fileURLToPath(new URL('..', import.meta.url));
  await copyPlainModules(path.join(dist, '../src/temporal'), path.join(dist, 'src/temporal'));
  await bundleWorkflows(
    path.join(dist, 'src/workflows/index.js'),
    path.join(dist, 'workflow-bundle.js'),
  );
}
