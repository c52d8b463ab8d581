import type { Json } from '../../shared/json.js';
import { iso, MICROS_PER_MS } from '../../shared/time.js';
import { Refusal } from '../http/answer.js';
import type { SiteRow } from '../world/model.js';
import { addSite, KEY_PREFIX, lastFour, rotateKey } from '../world/sites.js';
import { extractDomain } from './domain-of.js';
import type { CallContext, Endpoint } from './endpoint.js';
import { pageOf } from './pages.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** As Go writes times: no fraction where there is none. */
const time = (at: number): string => iso(at).replace('.000Z', 'Z');

const statusOf = ({ verified }: SiteRow): string => (verified ? 'active' : 'pending');
const indexName = ({ id }: SiteRow): string => `site_${id}`;

/** @throws Refusal 400, 404; another tenant's site is not there */
function siteOf({ world, tenant, id }: CallContext): SiteRow {
  if (!UUID.test(id)) throw new Refusal(400, 'invalid site id');
  const site = world.state.sites[id.toLowerCase()];
  if (site?.tenantId !== tenant) throw new Refusal(404, 'site not found');
  return site;
}

const create: Endpoint = {
  name: 'POST /api/v1/sites',
  status: 201,
  run({ world, tenant, body }) {
    const siteUrl = typeof body.site_url === 'string' ? body.site_url : '';
    const domain = extractDomain(siteUrl);
    // One registration of a domain in the world, whosever it is.
    if (world.sites().some((site) => site.domain === domain)) {
      throw new Refusal(409, 'domain already exists');
    }
    const site = addSite(world, { tenantId: tenant, domain, siteUrl });
    world.effect(`site.create:${domain}`);
    return {
      id: site.id,
      domain,
      site_url: siteUrl,
      api_key: site.apiKey,
      verification_token: site.verificationToken,
      status: statusOf(site),
      search_index_name: indexName(site),
    };
  },
};

const list: Endpoint = {
  name: 'GET /api/v1/sites',
  run({ world, tenant, query }) {
    const own = world.sites().filter((site) => site.tenantId === tenant);
    const { rows, pageState } = pageOf(own, query);
    const sites = rows.map((site): Json => ({
      id: site.id,
      domain: site.domain,
      status: statusOf(site),
      is_verified: site.verified,
      created_at: time(site.createdAt),
    }));
    return { sites, ...(pageState === null ? {} : { page_state: pageState }) };
  },
};

const get: Endpoint = {
  name: 'GET /api/v1/sites/{id}',
  run(context) {
    const site = siteOf(context);
    return {
      id: site.id,
      tenant_id: site.tenantId,
      domain: site.domain,
      site_url: site.siteUrl,
      api_key_prefix: KEY_PREFIX,
      api_key_last_four: lastFour(site.apiKey),
      status: statusOf(site),
      is_verified: site.verified,
      search_index_name: indexName(site),
      total_pages_indexed: site.pagesIndexed,
      ...(site.lastIndexedAt === null ? {} : { last_indexed_at: time(site.lastIndexedAt) }),
      plugin_version: site.pluginVersion,
      storage_used_bytes: site.storageBytes,
      search_requests_count: site.searches,
      monthly_pages_indexed: site.monthlyPages,
      last_reset_at: time(site.lastResetAt),
      created_at: time(site.createdAt),
      updated_at: time(site.updatedAt),
    };
  },
};

const remove: Endpoint = {
  name: 'DELETE /api/v1/sites/{id}',
  run(context) {
    const site = siteOf(context);
    delete context.world.state.sites[site.id];
    context.world.effect(`site.delete:${site.domain}`);
    return { success: true, message: 'Site deleted successfully' };
  },
};

const rotate: Endpoint = {
  name: 'POST /api/v1/sites/{id}/rotate-api-key',
  run(context) {
    const { world } = context;
    const site = siteOf(context);
    const { oldLastFour } = rotateKey(world, site);
    world.effect(`key.rotate:${site.domain}`);
    const rotatedAt = Math.floor(world.now() / MICROS_PER_MS) * MICROS_PER_MS;
    return {
      new_api_key: site.apiKey,
      old_key_last_four: oldLastFour,
      rotated_at: time(rotatedAt),
    };
  },
};

export const siteEndpoints: readonly Endpoint[] = [create, list, get, remove, rotate];
