import {
  type MaplePressSimulator,
  startMaplePressSimulator,
} from '../../../simulators/maplepress/index.js';
import { createSite, createTenants, type Tenants } from '../../../src/maplepress/index.js';

/** Plugins do only what a test lets them do. */
export async function startQuietMaplePress(): Promise<MaplePressSimulator> {
  return startMaplePressSimulator({ timings: { pluginConnects: null, indexing: null } });
}

/** The tenants of a simulator, and some that cannot be read. */
export function tenantsOf({ url, tenants }: MaplePressSimulator): Tenants {
  const tenant = (name: string, login = tenants.main) => ({
    name,
    url,
    ...login,
    requestsPerSecond: 1_000,
    timeouts: { readMs: 5_000 },
  });
  return createTenants([
    tenant('main'),
    tenant('other', tenants.other),
    { ...tenant('wrong-login'), password: 'not-the-password' },
    { ...tenant('away'), url: 'http://127.0.0.1:1' },
  ]);
}

/** Registers a site and lets its plugin work; answers its id, and the key. */
export async function addWorkingSite(
  simulator: MaplePressSimulator,
  tenants: Tenants,
  domain: string,
  work: { readonly pages: number; readonly bytes: number; readonly searches: number },
): Promise<{ readonly id: string; readonly apiKey: string }> {
  const siteUrl = `https://${domain}`;
  const site = await createSite(tenants.get('main').maplePress, { siteUrl });
  const apiKey = site.apiKey.reveal();
  const verificationToken = site.verificationToken.reveal();
  simulator.pluginRequest({ apiKey, verificationToken, ...work });
  return { id: site.id, apiKey };
}
