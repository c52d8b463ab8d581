import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { endpoints } from '../../simulators/press/api/index.js';
import { findDoctype } from '../../simulators/press/documents/index.js';
import { SURFACE } from '../../src/frappe-cloud/surface/index.js';
import { renderSurface } from '../support/surface-page.js';
import { recordedTimes } from './frappe-cloud/support/recorded-endpoints.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Area, e.g. `provision`, of every function of the client that is imported there. */
function usersByFunction(): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, Set<string>>();
  const imports = /^import \{([^}]*)\} from '[./]*\/frappe-cloud\/index\.js';/gm;
  for (const { area, text } of [...sourcesIn('src/activities'), ...sourcesIn('src/gateway')]) {
    const names = [...text.matchAll(imports)].flatMap(([, list = '']) => list.split(','));
    // Of `addDomain as add` the first.
    for (const name of names.map((each) => each.trim().split(' ')[0] ?? '')) {
      users.set(name, (users.get(name) ?? new Set()).add(area));
    }
  }
  return new Map([...users].map(([name, areas]) => [name, [...areas].sort()]));
}

function sourcesIn(folder: string): readonly { readonly area: string; readonly text: string }[] {
  const place = path.join(root, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const [first = '', ...deeper] = file.split(path.sep);
      const area = folder === 'src/gateway' ? 'gateway' : deeper.length > 0 ? first : 'every kind';
      return { area, text: readFileSync(path.join(place, file), 'utf8') };
    });
}

/** Whether the simulator answers it, be it with a refusal of its own. */
function isSimulated(endpoint: string): boolean {
  const [, method] = /^Site\.(\w+)$/.exec(endpoint) ?? [];
  return method === undefined
    ? Object.hasOwn(endpoints, endpoint)
    : Object.hasOwn(findDoctype('Site')?.methods ?? {}, method);
}

it('docs/frappe-cloud-api.md is the surface; `vitest -u` writes it', async () => {
  const users = usersByFunction();
  const times = recordedTimes();
  const page = renderSurface(SURFACE, ({ endpoint, reach }) => ({
    usedBy: 'call' in reach ? (users.get(reach.call) ?? []) : [],
    ...(times.get(endpoint) ?? { answers: 0, refusals: 0 }),
    simulated: isSimulated(endpoint),
  }));
  const file = path.join(root, 'docs/frappe-cloud-api.md');
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  await expect(await format(page, options)).toMatchFileSnapshot(file);
});
