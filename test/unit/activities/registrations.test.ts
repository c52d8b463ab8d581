import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type MaplePressSimulator,
  startMaplePressSimulator,
} from '../../../simulators/maplepress/index.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import { findByDomain, findById } from '../../../src/activities/maplepress/registrations.js';
import { verifyDeletion } from '../../../src/activities/maplepress/verify-deletion.js';
import type { OperationKind } from '../../../src/domain/operations.js';
import { fasterTiming, PRODUCTION_TIMING } from '../../../src/domain/timing.js';
import type { Tracker } from '../../../src/domain/trackers.js';
import {
  createSite,
  createTenants,
  deleteSite,
  type Tenants,
} from '../../../src/maplepress/index.js';
import { openBench } from './fixture.js';

const LIST = 'GET /api/v1/sites';
const GET = 'GET /api/v1/sites/{id}';
const NOBODY = '550e8400-e29b-41d4-a716-446655440000';

let bench: Awaited<ReturnType<typeof openBench>>;
let sim: MaplePressSimulator;
let tenants: Tenants;
let deps: ActivityDeps;
beforeAll(async () => {
  bench = await openBench();
  sim = await startMaplePressSimulator({ speed: 0 });
  tenants = createTenants(
    (['main', 'other'] as const).map((name) => ({
      name,
      url: sim.url,
      ...sim.tenants[name],
      requestsPerSecond: 1_000,
    })),
  );
  const timing = fasterTiming(PRODUCTION_TIMING, 1_000);
  deps = { ...bench.deps, tenants, timing };
});
afterAll(async () => {
  await tenants.close();
  await sim.close();
  await bench.close();
});
beforeEach(() => sim.reset());

const aDomain = () => `shop-${randomUUID().slice(0, 8)}.example`;
const main = () => tenants.get('main').maplePress;
const register = async (domain: string) =>
  (await createSite(main(), { siteUrl: `https://${domain}` })).id;
const ofDomain = (domain: string) => findByDomain(deps, { account: 'main', domain }, {});
const ofId = (id: string) => findById(deps, { account: 'main', id }, {});
/** Whether the deletion of that id is proven; by default there is no time left to look again. */
const deleted = (what: { id: string; domain?: string; deadline?: number }) =>
  verifyDeletion(deps, { account: 'main', deadline: 0, ...what }, {});
const calls = (endpoint: string) => sim.calls().filter((call) => call.endpoint === endpoint);

/** The ledger's memory of an operation whose one command came to this. */
async function remember(domain: string, tracker: Tracker, change: Partial<Opened> = {}) {
  const { ledger } = deps;
  const operationId = randomUUID().slice(0, 8);
  await ledger.openOperation(
    {
      operationId,
      kind: 'maplepress-register',
      site: domain,
      account: 'main',
      requestedBy: 'ops',
      idempotencyKey: null,
      payloadHash: operationId,
      reason: null,
      workflowId: operationId,
      runId: 'run',
      input: {},
      ...change,
    },
    { key: 'opened', type: 'operation.opened', data: {} },
  );
  const key = { operationId, step: 'any', round: 1 };
  await ledger.beginCommand(key, 'POST', 'hash');
  const event = { key: 'settled', type: 'command.settled', data: {} };
  await ledger.settleCommand(key, { state: 'settled', tracker, evidence: {} }, event);
}
interface Opened {
  readonly kind: OperationKind;
  readonly account: string;
}

const registered = (id: string): Tracker => ({
  kind: 'wordpress-site',
  id,
  keyLastFour: 'f123',
  secrets: { apiKey: null, verificationToken: null },
});
const rotated = (id: string): Tracker => ({
  kind: 'api-key',
  id,
  keyLastFour: 'f123',
  handle: null,
  rotatedAt: '2024-10-24T12:00:00Z',
});

describe('a registration that the ledger knows', () => {
  it.each([
    ['registered', registered],
    ['rotated', rotated],
  ] as const)('is found without reading the list when we have %s it', async (_, tracker) => {
    const domain = aDomain();
    const id = await register(domain);
    await remember(domain, tracker(id));
    await remember(domain, { kind: 'done' }, { kind: 'maplepress-delete' });
    expect(await ofDomain(domain)).toMatchObject({ id, domain });
    expect(calls(LIST)).toEqual([]);
    expect(calls(GET)).toHaveLength(1);
  });

  it('is looked for in the list when it is gone: another may be in its place', async () => {
    const domain = aDomain();
    const before = await register(domain);
    await remember(domain, registered(before));
    await deleteSite(main(), before);
    expect(await ofDomain(domain)).toBeNull();
    const id = await register(domain);
    expect(await ofDomain(domain)).toMatchObject({ id });
    expect(calls(LIST)).toHaveLength(2);
  });

  it('counts only when it is of that domain, and of that tenant', async () => {
    const domain = aDomain();
    const other = await register(aDomain());
    await remember(domain, registered(other));
    expect(await ofDomain(domain)).toBeNull();
    await remember(domain, registered(NOBODY), { account: 'other' });
    await remember(domain, registered(NOBODY), { kind: 'provision' });
    expect(await ofDomain(domain)).toBeNull();
    expect(calls(GET).map(({ path }) => path)).toEqual([
      `/api/v1/sites/${other}`,
      `/api/v1/sites/${other}`,
    ]);
    expect(calls(LIST)).toHaveLength(2);
  });

  it('is found in the list when somebody else has registered it', async () => {
    const domain = aDomain();
    const id = await register(domain);
    expect(await ofDomain(domain)).toMatchObject({ id });
    expect(calls(LIST)).toHaveLength(1);
  });
});

describe('a row that cannot be read', () => {
  const whole = { status: 'active', is_verified: true, created_at: '2024-10-24T00:00:00Z' };
  const row = (change: object) => ({ id: NOBODY, domain: 'odd.example', ...whole, ...change });
  const withRow = (change: object | null) =>
    sim.addFault({
      call: { endpoint: LIST },
      fault: { kind: 'wrong_shape', body: { sites: [change && row(change)] as never } },
    });
  const STILL_LISTED = 'the list names odd.example, but it answers 404; looking again';
  const UNSURE = { code: 'BAD_ANSWER', message: /cannot be read, and may be/ };

  it.each([
    ['of another domain, and no id', { id: 'no-uuid' }],
    ['of another domain, and no time', { created_at: null }],
  ])('%s: the domain is proven absent', async (_, change) => {
    withRow(change);
    expect(await ofDomain(aDomain())).toBeNull();
  });

  it.each([
    ['its domain, in capitals, and no id', { id: 'no-uuid', domain: 'Shop.Example.' }],
    ['its domain with www., and no id', { id: null, domain: 'www.shop.example' }],
    ['neither domain nor id', { id: null, domain: 7 }],
    ['nothing', null],
  ])('with %s: nothing is proven', async (_, change) => {
    withRow(change);
    const error: unknown = await ofDomain('shop.example').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: UNSURE.code });
    expect((error as Error).message).toMatch(UNSURE.message);
  });

  it.each([
    ['its domain and its id', (domain: string) => ({ domain, created_at: null })],
    ['only its id', () => ({ domain: null })],
  ])('with %s is read by its id', async (_, changeOf) => {
    const domain = aDomain();
    const id = await register(domain);
    withRow({ id, ...changeOf(domain) });
    expect(await ofDomain(domain)).toMatchObject({ id, domain });
  });

  it('proves an id absent only when it has another', async () => {
    const id = randomUUID();
    withRow({ created_at: null });
    expect(await ofId(id)).toBeNull();
    withRow({ id: 'no-uuid' });
    await expect(ofId(id)).rejects.toMatchObject({ code: 'BAD_ANSWER' });
    withRow({ id, is_verified: null });
    await expect(ofId(id)).rejects.toMatchObject({
      name: 'NotYet',
      message: STILL_LISTED,
    });
  });

  it('of another domain says nothing about an id whose domain is known', async () => {
    withRow({ id: 'no-uuid' });
    expect(await deleted({ id: randomUUID(), domain: 'shop.example' })).toMatchObject({ ok: true });
  });

  it.each(['www.shop.example', null])('of %s, and no id, may be a known one', async (domain) => {
    withRow({ id: 'no-uuid', domain });
    const proof = deleted({ id: randomUUID(), domain: 'shop.example' });
    await expect(proof).rejects.toMatchObject({ code: UNSURE.code });
  });

  it('that names what was deleted is waited for, and told when it is time', async () => {
    const id = randomUUID();
    withRow({ id });
    const deadline = Date.now() + 600_000;
    await expect(deleted({ id, deadline })).rejects.toMatchObject({
      name: 'NotYet',
      message: STILL_LISTED,
    });
    withRow({ id });
    expect(await deleted({ id })).toMatchObject({ ok: false, failures: [STILL_LISTED] });
    expect(await deleted({ id })).toMatchObject({ ok: true });
  });
});
