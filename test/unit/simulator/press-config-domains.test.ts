import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DnsRecords } from '../../../simulators/press/index.js';
import { messageOf, MINUTE, type Press, startPress } from './support/press-client.js';

let press: Press;
let name: string;

beforeEach(async () => {
  press = await startPress();
  name = await press.activeSite('acme-one');
});

afterEach(() => press.sim.close());

interface ConfigRow {
  key: string;
  value: string;
}

const config = async (): Promise<Record<string, string>> => {
  const rows = await press.ask<ConfigRow[]>('press.api.site.site_config', { name });
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
};

const replace = (entries: object[]) =>
  press.call('press.api.site.update_config', { name, config: entries });

const merge = (values: object) => press.rdm(name, 'update_config', { config: values });

describe('config', () => {
  it('the list form replaces, the object form merges (C 5.2)', async () => {
    await merge({ first: 'a', second: 2 });
    await merge({ second: 3 });
    expect(await config()).toMatchObject({ first: 'a', second: '3' });
    await replace([{ key: 'third', value: true, type: 'Boolean' }]);
    expect(Object.keys(await config())).toEqual(['rate_limit', 'third']);
  });

  it('skips blacklisted keys in the list form, refuses them in the object form', async () => {
    expect((await replace([{ key: 'db_name', value: 'x', type: 'String' }])).status).toBe(200);
    expect(await config()).not.toHaveProperty('db_name');
    expect((await merge({ db_name: 'x' })).status).toBe(417);
    expect(messageOf((await merge({ server_script_enabled: true })).body)).toMatch(
      /cannot enable server scripts on public benches/,
    );
  });

  it('hides passwords in reads, and shows them in the answer of the list form', async () => {
    const sent = await replace([{ key: 'mail_password', value: 'hush', type: 'Password' }]);
    expect(JSON.stringify(sent.body)).toContain('hush');
    expect((await config()).mail_password).toBe('*******');
    expect(JSON.stringify(press.sim.calls())).not.toContain('hush');
  });

  it('queues one job per update and counts equal updates under one key', async () => {
    await merge({ first: 'a' });
    await merge({ first: 'a' });
    const updates = press.sim.effects().filter(({ effect }) => effect === 'config.update');
    expect(updates).toHaveLength(2);
    expect(new Set(updates.map(({ key }) => key)).size).toBe(1);
    press.sim.clock.advance(MINUTE);
    const jobs = press.sim
      .estate()
      .jobs.filter((job) => job.jobType === 'Update Site Configuration');
    expect(jobs.map(({ status }) => status)).toEqual(['Success', 'Success']);
  });
});

const DOMAIN = 'shop.customer.example';

const add = () => press.call('press.api.site.add_domain', { name, domain: DOMAIN });

const domainStatus = () =>
  press.sim.estate().domains.find(({ domain }) => domain === DOMAIN)?.status;

describe('domains', () => {
  it('Pending, In Progress, Active; then primary, then removed', async () => {
    press.sim.setDns(DOMAIN, { CNAME: [name] });
    expect((await add()).body).toEqual({});
    const seen: (string | undefined)[] = [];
    for (let n = 0; n < 60; n += 1) {
      if (seen.at(-1) !== domainStatus()) seen.push(domainStatus());
      press.sim.clock.advance(5000);
    }
    expect(seen).toEqual(['Pending', 'In Progress', 'Active']);
    await press.ask('press.api.site.set_host_name', { name, domain: DOMAIN });
    const [first] = await press.ask<object[]>('press.api.site.domains', { name });
    expect(first).toMatchObject({ domain: DOMAIN, primary: true });
    const remove = () => press.call('press.api.site.remove_domain', { name, domain: DOMAIN });
    expect((await remove()).body.exc_type).toBe('LinkExistsError');
    await press.ask('press.api.site.set_host_name', { name, domain: name });
    expect((await remove()).status).toBe(200);
    expect((await remove()).body.exc_type).toBe('IndexError');
    expect((await press.call('press.api.site.domain_exists', { domain: DOMAIN })).body).toEqual({});
  });

  it('an unmatched record: 200 and nothing (C 5.8)', async () => {
    press.sim.setDns(DOMAIN, { A: ['203.0.113.7'] });
    expect((await add()).status).toBe(200);
    expect(domainStatus()).toBeUndefined();
  });

  it.each<[string, DnsRecords]>([
    ['ConflictingCAARecord', { A: ['198.51.100.10'], caaForbids: true }],
    ['AAAARecordExists', { A: ['198.51.100.10'], AAAA: ['2001:db8::1'] }],
    ['MultipleARecords', { A: ['198.51.100.10', '203.0.113.7'] }],
    ['MultipleCNAMERecords', { CNAME: ['a.example', 'b.example'] }],
    ['ConflictingDNSRecord', { CNAME: ['acme-one.frappe.cloud'], A: ['203.0.113.7'] }],
    ['DomainProxied', { A: ['198.51.100.10'], proxiedBy: 'cloudflare' }],
    ['DNSValidationError', { A: ['198.51.100.10'], reachable: false }],
  ])('%s is 417: not yet (C 5.5)', async (excType, records) => {
    press.sim.setDns(DOMAIN, records);
    const reply = await add();
    expect([reply.status, reply.body.exc_type]).toEqual([417, excType]);
    expect(messageOf(reply.body)).not.toBe('');
  });

  it('is Broken without a certificate, and can be tried again', async () => {
    press.sim.setDns(DOMAIN, { A: ['198.51.100.10'], certificate: false });
    await add();
    press.sim.clock.advance(5 * MINUTE);
    expect(domainStatus()).toBe('Broken');
    press.sim.setDns(DOMAIN, { A: ['198.51.100.10'] });
    await press.ask('press.api.site.retry_add_domain', { name, domain: DOMAIN });
    press.sim.clock.advance(5 * MINUTE);
    expect(domainStatus()).toBe('Active');
  });

  it('the root domain is reserved', async () => {
    const domain = 'shop.frappe.cloud';
    const reply = await press.call('press.api.site.check_dns', { name, domain });
    expect(messageOf(reply.body)).toMatch(/^Cannot add frappe.cloud domain/);
  });
});

describe('app plans', () => {
  it('start on the free plan, change, and come back after an archive that failed', async () => {
    const site = await press.activeSite('acme-two', { apps: ['frappe', 'insights'] });
    interface Subscription {
      name: string;
      plan: string;
    }
    const read = () =>
      press.ask<Subscription[]>('press.api.marketplace.get_marketplace_subscriptions_for_site', {
        site,
      });
    const [subscription] = await read();
    expect(subscription?.plan).toBe('MARKETPLACE-PLAN-insights-001');
    const change = { subscription: subscription?.name, new_plan: 'MARKETPLACE-PLAN-insights-003' };
    const reply = await press.call('press.api.marketplace.change_app_plan', change);
    expect(reply.body).toEqual({});
    expect((await read())[0]?.plan).toBe('MARKETPLACE-PLAN-insights-003');
    const installed = await press.call('press.api.site.installed_apps', { name: site });
    expect([installed.status, installed.body.exc_type]).toEqual([500, 'OperationalError']);

    press.sim.addFault({
      job: { jobType: 'Archive Site' },
      fault: { kind: 'fail_step', step: 'Archive Site' },
    });
    await press.rdm(site, 'archive', { create_offsite_backup: false });
    press.sim.clock.advance(5 * MINUTE);
    await press.rdm(site, 'activate');
    expect(await read()).toEqual([]);
    await press.ask('press.api.marketplace.change_app_plan', change);
    expect(await read()).toHaveLength(1);
  });
});
