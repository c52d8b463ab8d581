import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type PressSimulator,
  type PressSimulatorOptions,
  startPressSimulator,
} from '../../../simulators/press/index.js';
import { expect } from 'vitest';
import { createAccounts } from '../../../src/frappe-cloud/index.js';
import { startGateway } from '../../../src/gateway/server.js';
import { type Ledger, openLedger } from '../../../src/ledger/index.js';
import { createTenants, type Tenants } from '../../../src/maplepress/index.js';
import type { SiteLine } from '../../../src/schemas/estate/sites.js';

export const TOKEN = 'a-token-for-tests-of-the-gateway';
/** What a gateway answered. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly value: T;
}

/** A gateway over a simulated Press and an empty ledger. */
export interface GatewayUnderTest {
  readonly url: string;
  readonly simulator: PressSimulator;
  readonly ledger: Ledger;
  /** Lines that went to the log. */
  readonly log: readonly string[];
  get<T>(path: string, headers?: Record<string, string>): Promise<Answer<T>>;
  /** What another tool of the team says to Press, past Sitewright. */
  press(method: string, body: object): Promise<void>;
  close(): Promise<void>;
}

export async function startGatewayUnderTest(
  options: PressSimulatorOptions = {},
  tenants: Tenants = createTenants([]),
): Promise<GatewayUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sitewright-gateway-'));
  const simulator = await startPressSimulator({ speed: 200, ...options });
  const ledger = await openLedger({ url: `file:${path.join(folder, 'ledger.db')}` });
  const account = (name: string, { apiKey, apiSecret, team } = simulator.accounts.main) => ({
    name,
    url: simulator.url,
    team,
    apiKey,
    apiSecret,
    requestsPerSecond: 200,
    timeouts: { readMs: 5_000 },
  });
  const accounts = createAccounts([
    account('main'),
    account('other', simulator.accounts.other),
    { ...account('wrong-key'), apiSecret: 'not-the-secret' },
    { ...account('away'), url: 'http://127.0.0.1:1' },
  ]);
  const log: string[] = [];
  const write = (fields: unknown, text?: string) => {
    const seen = (_: string, value: unknown) =>
      value instanceof Error ? `${value.name}: ${value.message} ${value.stack}` : value;
    log.push(`${JSON.stringify(fields, seen)} ${text ?? ''}`);
  };
  const gateway = await startGateway(
    {
      accounts,
      tenants,
      ledger,
      secretConfigKeys: ['webhook_salt'],
      log: { info: write, warn: write, error: write },
    },
    { token: TOKEN },
  );
  return {
    url: gateway.url,
    simulator,
    ledger,
    log,
    async get<T>(route: string, headers: Record<string, string> = {}) {
      const response = await fetch(`${gateway.url}${route}`, {
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json');
      return {
        status: response.status,
        headers: response.headers,
        text,
        value: (isJson === true ? JSON.parse(text) : null) as T,
      };
    },
    async press(method, body) {
      const { apiKey, apiSecret, team } = simulator.accounts.main;
      const response = await fetch(`${simulator.url}/api/method/${method}`, {
        method: 'POST',
        headers: {
          authorization: `token ${apiKey}:${apiSecret}`,
          'content-type': 'application/json',
          'x-press-team': team,
        },
        body: JSON.stringify(body),
      });
      expect(response.status, await response.text()).toBe(200);
    },
    async close() {
      await gateway.close();
      await accounts.close();
      await tenants.close();
      await ledger.close();
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The public group of Version 15. */
export function publicGroup(simulator: PressSimulator): string {
  const isIt = ({ version, public: open }: { version: string; public: boolean }) =>
    open && version === 'Version 15';
  return simulator.estate().groups.find(isIt)?.name ?? expect.fail('no such group');
}

/** The documents of a stream. */
export function linesIn({ text }: Answer<unknown>): readonly SiteLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SiteLine);
}
