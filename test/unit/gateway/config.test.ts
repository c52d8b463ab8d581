import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidConfig, loadConfig } from '../../../src/config.js';

const gateway = (env: Record<string, string>) => loadConfig(env, '/srv').gateway;

describe('the gateway in the configuration', () => {
  it('listens on the loopback interface, and keeps its token in the data directory', () => {
    expect(gateway({ SITEWRIGHT_DATA_DIR: '/data' })).toEqual({
      host: '127.0.0.1',
      port: 0,
      token: { file: path.join('/data', 'keys', 'gateway.token') },
      url: undefined,
    });
  });

  it('is what the environment says', () => {
    const env = {
      SITEWRIGHT_GATEWAY_HOST: '0.0.0.0',
      SITEWRIGHT_GATEWAY_PORT: '8080',
      SITEWRIGHT_GATEWAY_URL: 'https://gateway.example.com',
    };
    expect(gateway({ ...env, SITEWRIGHT_GATEWAY_TOKEN: 'sixteen-or-longer' })).toEqual({
      host: '0.0.0.0',
      port: 8_080,
      token: { text: 'sixteen-or-longer' },
      url: 'https://gateway.example.com',
    });
    const { token } = gateway({ SITEWRIGHT_GATEWAY_TOKEN_FILE: 'secrets/token' });
    expect(token).toEqual({ file: '/srv/secrets/token' });
  });

  it.each([
    ['SITEWRIGHT_GATEWAY_PORT', 'http'],
    ['SITEWRIGHT_GATEWAY_PORT', '70000'],
    ['SITEWRIGHT_GATEWAY_URL', 'gateway.example.com'],
    ['SITEWRIGHT_GATEWAY_URL', 'https://user@gateway.example.com'],
    ['SITEWRIGHT_GATEWAY_URL', 'https://gateway.example.com/path'],
    ['SITEWRIGHT_GATEWAY_TOKEN', 'short'],
    ['SITEWRIGHT_GATEWAY_TOKEN', 'with a blank in it, and long'],
  ])('refuses %s=%s, without repeating a token', (name, value) => {
    const load = () => gateway({ [name]: value });
    expect(load).toThrow(InvalidConfig);
    expect(load).toThrow(name);
    if (name.endsWith('TOKEN')) expect(load).not.toThrow(value);
  });
});
