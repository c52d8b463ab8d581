import { describe, expect, it } from 'vitest';
import {
  allSites,
  changeServer,
  createMigrationPlan,
  deleteConfig,
  getInstallAppOptions,
  installApp,
  isServerAddedInGroup,
  jobHistory,
  removeDomain,
  setRedirect,
  uninstallApp,
  unsetRedirect,
} from '../../../src/frappe-cloud/index.js';
import type { Transport } from '../../../src/frappe-cloud/transport.js';
import { pressThat } from './support/press-that.js';

const SITE = { site: 'acme.frappe.cloud' };
const NAME = { name: SITE.site };
const DOMAIN = { ...SITE, domain: 'www.acme.com' };
const TO_BENCH = 'Move Site To Different Server / Bench';

type Call = (press: Transport) => Promise<unknown>;

async function sentBy(call: Call): Promise<unknown> {
  const { press, sent } = await pressThat(() => ({ body: {} }));
  await call(press).catch(() => undefined);
  expect(sent).toHaveLength(1);
  return sent[0];
}

const onSite = (method: string, args: object) => ({ dt: 'Site', dn: SITE.site, method, args });

describe('what is sent', () => {
  it.each<[string, Call, unknown]>([
    [
      'to install an app, without a plan that was not given',
      (press) => installApp(press, { ...SITE, app: 'crm' }),
      onSite('install_app', { app: 'crm' }),
    ],
    [
      'to install a paid app',
      (press) => installApp(press, { ...SITE, app: 'crm', plan: 'CRM Pro' }),
      onSite('install_app', { app: 'crm', plan: 'CRM Pro' }),
    ],
    [
      'to uninstall an app',
      (press) => uninstallApp(press, { ...SITE, app: 'crm', create_offsite_backup: true }),
      onSite('uninstall_app', { app: 'crm', create_offsite_backup: true }),
    ],
    [
      'to take a key away',
      (press) => deleteConfig(press, { ...SITE, key: 'mail_server' }),
      onSite('delete_config', { key: 'mail_server' }),
    ],
    [
      'to remove a domain',
      (press) => removeDomain(press, DOMAIN),
      { ...NAME, domain: DOMAIN.domain },
    ],
    [
      'to redirect a domain',
      (press) => setRedirect(press, DOMAIN),
      { ...NAME, domain: DOMAIN.domain },
    ],
    [
      'to redirect it no more',
      (press) => unsetRedirect(press, DOMAIN),
      { ...NAME, domain: DOMAIN.domain },
    ],
    [
      'to change the server now',
      (press) => changeServer(press, { ...SITE, server: 'f2' }),
      { ...NAME, server: 'f2', scheduled_datetime: null, skip_failing_patches: false },
    ],
    [
      'to ask for a server',
      (press) => isServerAddedInGroup(press, { ...SITE, server: 'f2' }),
      { ...NAME, server: 'f2' },
    ],
    [
      'to move to another group at a time',
      (press) =>
        createMigrationPlan(press, {
          ...SITE,
          to: { group: 'bench-0042', server: 'f2' },
          scheduled_time: '2026-11-22 04:00:00',
        }),
      onSite('create_migration_plan', {
        type: TO_BENCH,
        group: 'bench-0042',
        server: 'f2',
        scheduled_time: '2026-11-22 04:00:00',
        skip_failing_patches: false,
      }),
    ],
    [
      'to move to a group of its own',
      (press) => createMigrationPlan(press, { ...SITE, to: { new_group_name: 'Acme' } }),
      onSite('create_migration_plan', {
        type: TO_BENCH,
        new_group_name: 'Acme',
        skip_failing_patches: false,
      }),
    ],
    [
      'to move to another region',
      (press) => createMigrationPlan(press, { ...SITE, to: { cluster: 'Mumbai' } }),
      onSite('create_migration_plan', {
        type: 'Move Site To Different Region',
        cluster: 'Mumbai',
        skip_failing_patches: false,
      }),
    ],
    [
      'for every site, with both keys of the filter',
      (press) => allSites(press),
      { site_filter: { status: '', tag: '' } },
    ],
    [
      'for the sites of a tag',
      (press) => allSites(press, { tag: 'op-123' }),
      { site_filter: { status: '', tag: 'op-123' } },
    ],
    [
      'for a page of jobs, the site first',
      (press) => jobHistory(press, { ...SITE, start: 20 }),
      {
        filters: SITE,
        order_by: 'creation desc',
        limit_start: 20,
        limit_page_length: 20,
      },
    ],
    [
      'for the options of an app',
      (press) => getInstallAppOptions(press, { app: 'crm' }),
      { marketplace_app: 'crm' },
    ],
  ])('%s', async (_, call, sent) => {
    expect(await sentBy(call)).toEqual(sent);
  });
});
