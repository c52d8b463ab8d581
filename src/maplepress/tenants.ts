import { createTransport, type Transport, type TransportConfig } from './transport.js';

export interface TenantConfig extends TransportConfig {
  /** Our alias; operations name it. */
  readonly name: string;
}

/** One MaplePress tenant: the organisation that its login belongs to. Holds no readable secret. */
export interface Tenant {
  readonly name: string;
  readonly maplePress: Transport;
}

/** No tenant of that name is configured. */
export class UnknownTenant extends Error {
  override readonly name = 'UnknownTenant';

  constructor(tenant: string, known: readonly string[]) {
    super(`unknown MaplePress tenant "${tenant}"; configured: ${known.join(', ') || 'none'}`);
  }
}

export interface Tenants {
  /** @throws UnknownTenant */
  get(name: string): Tenant;
  all(): readonly Tenant[];
  /** Drops all connections. */
  close(): Promise<void>;
}

/** @throws TypeError when two tenants share a name or a url is not one to send secrets to */
export function createTenants(configs: readonly TenantConfig[]): Tenants {
  const tenants = new Map<string, Tenant>();
  for (const { name, ...config } of configs) {
    if (tenants.has(name)) throw new TypeError(`two MaplePress tenants are named "${name}"`);
    tenants.set(name, { name, maplePress: createTransport(config) });
  }
  return {
    get(name) {
      const tenant = tenants.get(name);
      if (!tenant) throw new UnknownTenant(name, [...tenants.keys()]);
      return tenant;
    },
    all: () => [...tenants.values()],
    async close() {
      await Promise.all([...tenants.values()].map(({ maplePress }) => maplePress.close()));
    },
  };
}
