import { describe, expect, it } from 'vitest';
import {
  allSites,
  appsForNewSite,
  deleteConfig,
  getMigrationOptions,
  installApp,
  removeDomain,
  runningJobs,
  uninstallApp,
} from '../../../src/frappe-cloud/index.js';
import type { Transport } from '../../../src/frappe-cloud/transport.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat, recordedBody, says } from './support/press-that.js';

const SITE = { site: 'acme.frappe.cloud' };
const DOMAIN = { ...SITE, domain: 'www.acme.com' };

/** What our function makes of a recorded answer. */
async function heard<T>(file: string, call: (press: Transport) => Promise<T>): Promise<T> {
  const { press } = await pressThat(() => ({ body: recordedBody(file) }));
  return call(press);
}

describe('what is heard', () => {
  it('of an app: the job, or null when it is there', async () => {
    const install = (press: Transport) => installApp(press, { ...SITE, app: 'crm' });
    expect(await heard('install-app', install)).toBe('6m1u3b2ttp');
    expect(await heard('install-app-already-installed', install)).toBeNull();
    const uninstall = (press: Transport) =>
      uninstallApp(press, { ...SITE, app: 'crm', create_offsite_backup: false });
    expect(await heard('uninstall-app', uninstall)).toBe('9fhmj5pb62');
  });

  it('of a deleted key: the job alone, without the configuration beside it', async () => {
    const call = (press: Transport) => deleteConfig(press, { ...SITE, key: 'lab_key' });
    expect(await heard('r2-site-delete-config', call)).toBe('u12hupf0r6');
    const { press } = await pressThat(() => ({ body: { docs: [] } }));
    expect(await deleteConfig(press, { ...SITE, key: 'developer_mode' })).toBeNull();
  });

  it('of ways to move: none that Press hides', async () => {
    const options = await heard('r2-site-get-migration-options', (press) =>
      getMigrationOptions(press, SITE),
    );
    expect(options.groups.map(({ name }) => name)).toContain('bench-0003');
    expect(options.servers).toEqual([{ name: 'f-0002.fc.dev', cluster: 'Default' }]);
    expect(options.regions).toEqual([]);
  });

  it('of running jobs: name and type the right way round', async () => {
    const running = { id: 'j1', name: 'Migrate Site', status: 'Running', bench: 'b', steps: [] };
    const current = { name: 'Migrate Site', status: 'Running', index: 0, total: 1 };
    const { press } = await pressThat(() => ({ body: { message: [{ ...running, current }] } }));
    expect(await runningJobs(press, SITE)).toEqual([
      {
        name: 'j1',
        job_type: 'Migrate Site',
        status: 'Running',
        bench: 'b',
        step: { name: 'Migrate Site', total: 1 },
      },
    ]);
  });

  it('of apps and sites that nobody recorded, by the paper', async () => {
    const app = { name: 'crm', app: 'crm', title: 'CRM', plans: [{ name: 'p', price_usd: 5 }] };
    const { press } = await pressThat((method) => ({
      body: { message: method.endsWith('.all') ? [{ name: 's', status: 'Active' }] : [app] },
    }));
    expect(await appsForNewSite(press)).toMatchObject([{ app: 'crm', title: 'CRM' }]);
    expect(await allSites(press)).toEqual([{ name: 's', status: 'Active' }]);
  });

  it('of a domain that is gone: a server error, by its class', async () => {
    const gone = says('IndexError', 'list index out of range');
    const { press } = await pressThat(() => ({ status: 500, body: gone }));
    const error = await pressErrorOf(removeDomain(press, DOMAIN));
    expect([error.code, error.excType]).toEqual(['SERVER_ERROR', 'IndexError']);
  });
});
