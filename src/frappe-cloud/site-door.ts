import { Agent } from 'undici';
import { exchange, type HttpAnswer } from '../http/exchange.js';
import { withinTime } from '../http/time-limit.js';
import { type FileStream, openFile } from './file-stream.js';

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

/** A file of a site, by the rules of the template. */
export interface SiteFileRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** First byte that is wanted. */
  readonly from: number;
  /** Longest time in which no byte comes, ms; the whole may take hours. */
  readonly idleMs: number;
  readonly signal?: AbortSignal | undefined;
  /** For errors, such as `site GET /backups`. */
  readonly endpoint: string;
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
  /**
   * Reads a file of any size as it comes, see {@link openFile}.
   *
   * @throws PressError
   * @throws TypeError when `site` is no host name
   */
  open(site: string, request: SiteFileRequest): Promise<FileStream>;
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
  const urlOf = (site: string): URL => {
    if (!isHostName(site)) throw new TypeError('not a host name');
    return new URL(template.replaceAll('{site}', site));
  };
  const hostHeader = (site: string): Record<string, string> =>
    template.includes('{site}') ? {} : { host: site };
  return {
    async ask(site, { path, limitMs, signal, ...request }) {
      const url = urlOf(site);
      return withinTime(limitMs, signal, (within) =>
        exchange(agent, {
          ...request,
          origin: url.origin,
          path: path ?? url.pathname + url.search,
          headers: { accept: 'application/json', ...request.headers, ...hostHeader(site) },
          signal: within,
        }),
      );
    },
    async open(site, { headers, ...request }) {
      return openFile(agent, {
        ...request,
        origin: urlOf(site).origin,
        headers: { ...headers, ...hostHeader(site) },
        who: 'the site',
      });
    },
    close: () => agent.destroy(),
  };
}
