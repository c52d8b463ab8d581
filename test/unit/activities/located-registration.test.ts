import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type MaplePressSimulator,
  startMaplePressSimulator,
} from '../../../simulators/maplepress/index.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import { registrationCommand } from '../../../src/activities/maplepress/send-registration.js';
import { fasterTiming, PRODUCTION_TIMING } from '../../../src/domain/timing.js';
import { createSite, createTenants, type Tenants } from '../../../src/maplepress/index.js';
import { createHandOverKeys } from '../../../src/security/hand-over-keys.js';
import { createSealingKeys } from '../../../src/security/sealed.js';
import { openBench, openKey } from './fixture.js';

const MINUTE = 60_000;

let bench: Awaited<ReturnType<typeof openBench>>;
let sim: MaplePressSimulator;
let tenants: Tenants;
let deps: ActivityDeps;
beforeAll(async () => {
  bench = await openBench();
  sim = await startMaplePressSimulator({ speed: 0, timings: { pluginConnects: null } });
  tenants = createTenants([{ name: 'main', url: sim.url, ...sim.tenants.main }]);
  const handOverKeys = createHandOverKeys(await createSealingKeys(), undefined);
  deps = { ...bench.deps, tenants, handOverKeys, timing: fasterTiming(PRODUCTION_TIMING, 1_000) };
});
afterAll(async () => {
  await tenants.close();
  await sim.close();
  await bench.close();
});

/** Looks for a registration whose answer was lost, and which was sent at `since`. */
async function locate(domain: string, since: number) {
  const key = { ...(await openKey(bench.ledger)), step: 'register' };
  const what = { key, account: 'main', siteUrl: `https://${domain}`, domain };
  return registrationCommand(deps, what, new AbortController().signal).locate(since);
}

const register = (domain: string) =>
  createSite(tenants.get('main').maplePress, { siteUrl: `https://${domain}` });

it('that was made since is ours: key and token were in the answer that was lost', async () => {
  const since = sim.clock.now().getTime();
  const { id } = await register('since.example');
  expect(await locate('since.example', since)).toMatchObject({
    state: 'found',
    tracker: { id, secrets: { apiKey: null, verificationToken: null } },
  });
});

it('that was there before is not taken for ours', async () => {
  await register('before.example');
  const since = sim.clock.now().getTime() + 5 * MINUTE;
  expect(await locate('before.example', since)).toMatchObject({
    state: 'ambiguous',
    reason: expect.stringMatching(/^before\.example was registered by somebody else/) as string,
  });
});

it('whose plugin works is not taken for ours: nobody has the key of ours', async () => {
  const since = sim.clock.now().getTime();
  await register('works.example');
  sim.connectPlugin('works.example');
  expect(await locate('works.example', since)).toMatchObject({ state: 'ambiguous' });
});
