import { describe, expect, it } from 'vitest';
import { createTenants, listSites, UnknownTenant } from '../../../src/maplepress/index.js';
import { simulated } from './support/simulated.js';

const LOGIN = { email: 'test@example.com', password: 'x' };

describe('tenants', () => {
  it('are named; each logs in for itself', async () => {
    const { sim, maplePress, other } = await simulated();
    sim.addSites(3);
    expect((await listSites(maplePress)).sites).toHaveLength(3);
    expect((await listSites(other)).sites).toEqual([]);
    const logins = sim.calls().filter(({ endpoint }) => endpoint === 'POST /api/v1/login');
    expect(logins.map(({ args }) => (args as { email: string }).email)).toEqual([
      sim.tenants.main.email,
      sim.tenants.other.email,
    ]);
  });

  it('that are not configured are not there', () => {
    const tenants = createTenants([{ name: 'main', url: 'https://maplepress.example', ...LOGIN }]);
    expect(tenants.all().map(({ name }) => name)).toEqual(['main']);
    expect(() => tenants.get('nobody')).toThrow(UnknownTenant);
    expect(() => tenants.get('nobody')).toThrow('configured: main');
  });

  it('have names of their own', () => {
    const config = { name: 'main', url: 'https://maplepress.example', ...LOGIN };
    expect(() => createTenants([config, config])).toThrow(TypeError);
  });

  it.each([
    'https://maplepress.example',
    'http://localhost:8000',
    'http://127.0.0.1:8000',
    'http://[::1]:8000',
    'http://maplepress:8000',
  ])('may live at %s', (url) => {
    expect(() => createTenants([{ name: 'main', url, ...LOGIN }])).not.toThrow();
  });

  it.each([
    'http://maplepress.example',
    'http://192.0.2.1',
    'https://maplepress.example/api',
    'https://user@maplepress.example',
    'ftp://maplepress.example',
    'maplepress.example',
  ])('may not live at %s', (url) => {
    expect(() => createTenants([{ name: 'main', url, ...LOGIN }])).toThrow(TypeError);
  });
});
