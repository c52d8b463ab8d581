import { HttpFault } from '../http/exchange.js';
import { isHostName, type SiteDoor } from './site-door.js';

export interface ProbeResult {
  readonly ok: boolean;
  readonly status?: number;
  readonly reason?: string;
}

/** Asks a site whether it answers. Throws only when the caller's signal fires. */
export type Probe = (site: string, signal?: AbortSignal) => Promise<ProbeResult>;

const LIMIT_MS = 5_000;
/** A ping is some bytes; a maintenance page some kilobytes. */
const MAX_BYTES = 256 * 1024;

/** Answers ok, with the reason "not probed". */
export const notProbed: Probe = () => Promise.resolve({ ok: true, reason: 'not probed' });

/** A GET of the door's own path, without credentials. */
export function createProbe(door: SiteDoor): Probe {
  return async (site, signal) => {
    if (!isHostName(site)) return { ok: false, reason: 'not a host name' };
    try {
      const request = { method: 'GET', limitMs: LIMIT_MS, maxBytes: MAX_BYTES, signal } as const;
      const { status } = await door.ask(site, request);
      const ok = status >= 200 && status < 300;
      return ok ? { ok, status } : { ok, status, reason: `HTTP ${status}` };
    } catch (error) {
      if (signal?.aborted || !(error instanceof HttpFault)) throw error;
      return { ok: false, reason: error.message };
    }
  };
}
