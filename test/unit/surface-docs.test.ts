import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { endpoints } from '../../simulators/press/api/index.js';
import { findDoctype } from '../../simulators/press/documents/index.js';
import { SURFACE } from '../../src/frappe-cloud/surface/index.js';
import { renderSurface } from '../support/surface-page.js';
import { usersOfRows } from '../support/surface-users.js';
import { recordedTimes } from './frappe-cloud/support/recorded-endpoints.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether the simulator answers it, be it with a refusal of its own. */
function isSimulated(endpoint: string): boolean {
  const [, method] = /^Site\.(\w+)$/.exec(endpoint) ?? [];
  return method === undefined
    ? Object.hasOwn(endpoints, endpoint)
    : Object.hasOwn(findDoctype('Site')?.methods ?? {}, method);
}

it('docs/frappe-cloud-api.md is the surface; `vitest -u` writes it', async () => {
  const usersOf = usersOfRows();
  const times = recordedTimes();
  const page = renderSurface(SURFACE, (row) => ({
    users: usersOf(row),
    ...(times.get(row.endpoint) ?? { answers: 0, refusals: 0 }),
    simulated: isSimulated(row.endpoint),
  }));
  const file = path.join(root, 'docs/frappe-cloud-api.md');
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  await expect(await format(page, options)).toMatchFileSnapshot(file);
});
