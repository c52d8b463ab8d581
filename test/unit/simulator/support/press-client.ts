import {
  type PressSimulator,
  type PressSimulatorOptions,
  startPressSimulator,
} from '../../../../simulators/press/index.js';

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface CallOptions {
  as?: keyof PressSimulator['accounts'] | null;
  team?: string;
  verb?: string;
  path?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A simulator that stands still until it is advanced, and short words for what tests do with it. */
export async function startPress(options: PressSimulatorOptions = {}) {
  const sim = await startPressSimulator({ speed: 0, startAt: START, ...options });

  /** Sends one request as it is, without looking at the answer. */
  async function request(method: string, body: unknown, options: CallOptions = {}) {
    const { as = 'main', verb = 'POST' } = options;
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
    if (as !== null) {
      const { apiKey, apiSecret, team } = sim.accounts[as];
      headers.authorization ??= `token ${apiKey}:${apiSecret}`;
      headers['x-press-team'] ??= options.team ?? team;
    }
    const hasBody = verb !== 'GET' && verb !== 'HEAD' && verb !== 'OPTIONS';
    if (hasBody) headers['content-type'] ??= 'application/json';
    return fetch(`${sim.url}${options.path ?? `/api/method/${method}`}`, {
      method: verb,
      headers,
      ...(hasBody ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  }

  async function call(method: string, body: unknown, options?: CallOptions): Promise<Reply> {
    const response = await request(method, body, options);
    const text = await response.text();
    const parsed = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body: parsed };
  }

  return {
    sim,
    request,
    call,
    /** The `message` of a call that must succeed. */
    async ask<T>(method: string, body: unknown = {}): Promise<T> {
      const { status, body: answer } = await call(method, body);
      if (status !== 200) throw new Error(`${method}: ${status} ${JSON.stringify(answer)}`);
      return answer.message as T;
    },
    rdm: (site: string, method: string, args: unknown = {}) =>
      call('press.api.client.run_doc_method', { dt: 'Site', dn: site, method, args }),
    newSite: (name: string, extra: Record<string, unknown> = {}) =>
      call('press.api.site.new', { site: { ...SITE, name, ...extra } }),
    /** A site that is up. */
    async activeSite(name: string, extra: Record<string, unknown> = {}): Promise<string> {
      const reply = await call('press.api.site.new', { site: { ...SITE, name, ...extra } });
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
      sim.clock.advance(10 * MINUTE);
      return `${name}.${sim.domain}`;
    },
    statusOf: (name: string) => sim.estate().sites.find((site) => site.name === name)?.status,
    [Symbol.asyncDispose]: () => sim.close(),
  };
}

export type Press = Awaited<ReturnType<typeof startPress>>;

export const START = new Date('2026-11-21T00:00:00Z');
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

export const SITE = {
  apps: ['frappe', 'erpnext'],
  plan: 'USD 25',
  cluster: 'Mumbai',
  group: 'bench-0001',
  version: 'Version 15',
  domain: 'frappe.cloud',
};

/** The text a user would see of an error envelope. */
export function messageOf(body: Record<string, unknown>): string {
  if (typeof body._server_messages !== 'string') return '';
  const entries = JSON.parse(body._server_messages) as string[];
  return entries.map((entry) => (JSON.parse(entry) as { message: string }).message).join('\n');
}
