import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineGateway } from '../../../src/cli/doctor/gateway.js';
import { loadConfig } from '../../../src/config.js';
import { type GatewayUnderTest, startGatewayUnderTest, TOKEN } from './support.js';

describe('the doctor', () => {
  let gateway: GatewayUnderTest;
  let folder: string;
  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    folder = await mkdtemp(path.join(tmpdir(), 'sitewright-doctor-'));
  });
  afterAll(async () => {
    await gateway.close();
    await rm(folder, { recursive: true });
  });

  const examine = (settings: Record<string, string>) =>
    examineGateway(loadConfig({ SITEWRIGHT_DATA_DIR: folder, ...settings }, folder));
  const at = (url: string, token = TOKEN) =>
    examine({ SITEWRIGHT_GATEWAY_URL: url, SITEWRIGHT_GATEWAY_TOKEN: token });

  it('finds a gateway that takes the token', async () => {
    expect(await at(gateway.url)).toEqual([
      {
        what: 'gateway',
        result: 'ok',
        message: `gateway at ${gateway.url}, accounts main, other, wrong-key, away`,
      },
    ]);
  });

  it('says whose token does not fit', async () => {
    expect(await at(gateway.url, 'another-token-of-somebody')).toMatchObject([
      {
        result: 'bad',
        message: `the gateway at ${gateway.url} does not take the token in SITEWRIGHT_GATEWAY_TOKEN`,
        hint: expect.stringContaining('SITEWRIGHT_GATEWAY_TOKEN_FILE') as string,
      },
    ]);
  });

  it('says that a token is missing', async () => {
    expect(await examine({ SITEWRIGHT_GATEWAY_URL: gateway.url })).toMatchObject([
      { result: 'bad', message: expect.stringContaining('gateway.token cannot be read') as string },
    ]);
  });

  it('only mentions that no gateway is known', async () => {
    expect(await examine({})).toMatchObject([
      { result: 'warn', hint: expect.stringContaining('npm start') as string },
    ]);
  });

  it('says that nobody answers, and what answers is no gateway', async () => {
    const server = createServer((_, response) => void response.end('hello'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await at(url)).toMatchObject([
      { result: 'bad', message: `the gateway at ${url}: the gateway answers in another shape` },
    ]);
    server.close();
    await once(server, 'close');
    expect(await at(url)).toMatchObject([
      {
        result: 'bad',
        message: `no gateway answers at ${url}`,
        hint: expect.stringContaining('gateway/main.js') as string,
      },
    ]);
  });
});
