import { Agent } from 'undici';
import { exchange, HttpFault } from './http.js';

export interface ProbeResult {
  readonly ok: boolean;
  readonly status?: number;
  readonly reason?: string;
}

/** Asks a site whether it answers. Throws only when the caller's signal fires. */
export type Probe = (site: string, signal?: AbortSignal) => Promise<ProbeResult>;

const DEFAULT_TEMPLATE = 'https://{site}/api/method/ping';
const LIMIT_MS = 5_000;
/** A ping is some bytes; a maintenance page some kilobytes. */
const MAX_BYTES = 256 * 1024;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/**
 * A GET without credentials: 5 s, no redirects, bounded.
 *
 * @param template URL with `{site}` in it; without that the site travels in the `Host` header, for
 * servers that stand in for all sites. null switches probing off: ok, with the reason "not probed"
 */
export function createProbe(template: string | null = DEFAULT_TEMPLATE): {
  probe: Probe;
  close: () => Promise<void>;
} {
  if (template === null) {
    return {
      probe: () => Promise.resolve({ ok: true, reason: 'not probed' }),
      close: () => Promise.resolve(),
    };
  }
  const agent = new Agent({ connect: { timeout: LIMIT_MS }, keepAliveTimeout: 1_000 });
  return {
    probe: (site, signal) => probe(agent, template, site, signal),
    close: () => agent.destroy(),
  };
}

async function probe(
  agent: Agent,
  template: string,
  site: string,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  if (!HOST_NAME.test(site)) return { ok: false, reason: 'not a host name' };
  const url = new URL(template.replaceAll('{site}', site));
  const headers: Record<string, string> = { accept: 'application/json' };
  if (!template.includes('{site}')) headers.host = site;
  const limit = AbortSignal.timeout(LIMIT_MS);
  try {
    const { status } = await exchange(agent, {
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers,
      maxBytes: MAX_BYTES,
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    });
    const ok = status >= 200 && status < 300;
    return ok ? { ok, status } : { ok, status, reason: `HTTP ${status}` };
  } catch (error) {
    if (signal?.aborted || !(error instanceof HttpFault)) throw error;
    return { ok: false, reason: error.message };
  }
}
