import { Agent } from 'undici';
import { exchange, type HttpAnswer } from './http.js';

/** A place on a site, by the rules of the template. */
export interface SiteRequest {
  readonly method: 'GET' | 'PUT';
  /** Default: the path of the template. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly limitMs: number;
  /** Largest answer in bytes. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The way to the sites themselves, past Press: one request, one answer, no redirects, bounded.
 */
export interface SiteDoor {
  /**
   * @throws HttpFault
   * @throws TypeError when `site` is no host name
   */
  ask(site: string, request: SiteRequest): Promise<HttpAnswer>;
  /** Drops all connections. */
  close(): Promise<void>;
}

/** Answers a ping of a site. */
export const DEFAULT_TEMPLATE = 'https://{site}/api/method/ping';
const CONNECT_LIMIT_MS = 5_000;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;

/** What may stand in a URL and in a `Host` header. */
export function isHostName(site: string): boolean {
  return HOST_NAME.test(site);
}

/**
 * @param template URL with `{site}` in it; without that the site travels in the `Host` header, for
 * servers that stand in for all sites
 */
export function createSiteDoor(template: string): SiteDoor {
  const agent = new Agent({ connect: { timeout: CONNECT_LIMIT_MS }, keepAliveTimeout: 1_000 });
  return {
    async ask(site, { path, limitMs, signal, ...request }) {
      if (!isHostName(site)) throw new TypeError('not a host name');
      const url = new URL(template.replaceAll('{site}', site));
      const limit = AbortSignal.timeout(limitMs);
      return exchange(agent, {
        ...request,
        origin: url.origin,
        path: path ?? url.pathname + url.search,
        headers: {
          accept: 'application/json',
          ...request.headers,
          ...(!template.includes('{site}') && { host: site }),
        },
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      });
    },
    close: () => agent.destroy(),
  };
}
