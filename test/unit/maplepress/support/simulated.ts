import { onTestFinished } from 'vitest';
import {
  type MaplePressSimulator,
  type MaplePressSimulatorOptions,
  startMaplePressSimulator,
} from '../../../../simulators/maplepress/index.js';
import {
  createTenants,
  MaplePressError,
  type TenantConfig,
  type Transport,
} from '../../../../src/maplepress/index.js';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** An id of the right form that no site has. */
export const NOBODY = '550e8400-e29b-41d4-a716-446655440000';

export interface Simulated {
  readonly sim: MaplePressSimulator;
  /** Of the tenant `main`. */
  readonly maplePress: Transport;
  /** Of a tenant that sees none of main's sites. */
  readonly other: Transport;
}

/** A simulator whose clock stands still, and two tenants of it; gone when the test ends. */
export async function simulated(
  options: MaplePressSimulatorOptions = {},
  config: Partial<TenantConfig> = {},
): Promise<Simulated> {
  const sim = await startMaplePressSimulator({ speed: 0, ...options });
  const { main, other } = sim.tenants;
  const common = { url: sim.url, requestsPerSecond: 1000, ...config };
  const tenants = createTenants([
    { name: 'main', email: main.email, password: main.password, ...common },
    { name: 'other', email: other.email, password: other.password, ...common },
  ]);
  onTestFinished(async () => {
    await tenants.close();
    await sim.close();
  });
  return {
    sim,
    maplePress: tenants.get('main').maplePress,
    other: tenants.get('other').maplePress,
  };
}

/** A way to any server, as `test@example.com`; closed when the test ends. */
export function tenantAt(url: string, config: Partial<TenantConfig> = {}): Transport {
  const tenants = createTenants([
    {
      name: 'main',
      url,
      email: 'test@example.com',
      password: PASSWORD,
      requestsPerSecond: 1000,
      ...config,
    },
  ]);
  onTestFinished(() => tenants.close());
  return tenants.get('main').maplePress;
}

export const PASSWORD = 'SecurePass123!';

/** The MaplePressError that a call ends with; anything else fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<MaplePressError> {
  const error = await call.then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof MaplePressError) return error;
  throw error;
}
