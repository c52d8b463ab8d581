import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { backedUp, backupsOf, HOUR, scheduleBackup, siteOf } from './support/backups.js';
import { MINUTE, startPress } from './support/press-client.js';

const SITE = 'acme-one.frappe.cloud';

it('the control API arranges data, backups, releases, space and storage', async () => {
  await using press = await startPress();
  await press.activeSite('acme-one');
  const control = async (what: string, body: object): Promise<unknown> => {
    const options = { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${press.sim.url}/_sim/${what}`, options);
    return response.status === 200 ? response.json() : response.status;
  };
  await control('site', { site: SITE, sizes: { database: 5000 } });
  const { mark } = (await control('data', { site: SITE })) as { mark: string };
  expect(siteOf(press, SITE).data.database).toBe(mark);
  const { backup } = (await control('backup', { site: SITE, offsite: true })) as { backup: string };
  press.sim.clock.advance(5 * MINUTE);
  expect(await backupsOf(press, SITE)).toMatchObject([{ name: backup, database_size: '5000' }]);
  expect(await control('release', { group: 'bench-0001' })).toEqual({
    benches: ['bench-0001-000002-f1-mumbai', 'bench-0001-000002-f1-frankfurt'],
  });
  expect(await control('server', { server: 'f9-mumbai.frappe.cloud', freeBytes: 1 })).toEqual({});
  expect(await control('storage', { reachable: false })).toEqual({});
  const rule = { transfer: { part: 1 }, fault: { kind: 'error', status: 500 } };
  expect(await control('faults', rule)).toHaveProperty('id');
  expect(await control('commit', { group: 'bench-0004', apps: ['erpnext'] })).toEqual({
    releases: [
      {
        app: 'erpnext',
        source: 'SRC-erpnext-15',
        release: expect.any(String) as string,
        hash: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      },
    ],
  });
  expect(await control('source', { source: 'SRC-crm-16', enabled: false })).toEqual({});
  expect(await control('repository', { repository: 'acme/app', branches: {} })).toEqual({});
  expect(await control('pipelines', { used: false })).toEqual({});
  expect(await control('yank', { release: 'nosuch' })).toBe(400);
  expect(await control('update', { site: SITE })).toEqual({
    update: press.sim.estate().updates[0]?.name,
  });
  expect(await control('backup', { site: 'nosuch' })).toBe(400);
});

it('the control API says what DNS records look like, before a check meets others', async () => {
  await using press = await startPress();
  const site = await press.activeSite('acme-one');
  const tell = async (body: unknown): Promise<[number, unknown]> => {
    const options = { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${press.sim.url}/_sim/dns`, options);
    return [response.status, await response.json()];
  };
  const domain = 'shop.customer.example';
  const says = { error: expect.stringMatching(/expected .*"CNAME"\?: list of texts/) as string };
  for (const wrong of [
    [],
    { CNAME: [site] },
    { domain, CNAME: site },
    { domain, A: [1] },
    { domain, reachable: 'no' },
    { domain, MX: [site] },
  ]) {
    expect(await tell(wrong)).toEqual([400, says]);
  }
  expect(await tell({ domain, CNAME: [site], reachable: true })).toEqual([200, {}]);
  const check = { name: site, domain };
  expect(await press.ask('press.api.site.check_dns', check)).toMatchObject({ valid: true });
});

it('builds, pipelines and moves survive a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'press-'));
  try {
    const stateFile = join(folder, 'world.json');
    const first = await startPress({ stateFile });
    const site = await first.activeSite('acme-one', { apps: ['frappe'] });
    const apps = first.sim.publishReleases('bench-0004');
    await first.ask('press.api.bench.deploy_and_update', { name: 'bench-0004', apps, sites: [] });
    await first.rdm(site, 'create_migration_plan', {
      type: 'Move Site To Different Server / Bench',
      group: 'bench-0004',
    });
    await first.sim.close();

    await using second = await startPress({ stateFile });
    second.sim.clock.advance(HOUR);
    const { pipelines, actions } = second.sim.estate();
    expect([pipelines[0]?.status, actions[0]?.status]).toEqual(['Success', 'Success']);
    expect(siteOf(second, site).group).toBe('bench-0004');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('backups, their files and scheduled updates survive a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'press-'));
  try {
    const stateFile = join(folder, 'world.json');
    const first = await startPress({ stateFile });
    await first.activeSite('acme-one');
    const line = await backedUp(first, SITE);
    await scheduleBackup(first, SITE);
    first.sim.releaseUpdate('bench-0001');
    await first.rdm(SITE, 'schedule_update', { scheduled_time: '2026-11-21 06:00:00' });
    await first.sim.close();

    await using second = await startPress({ stateFile });
    second.sim.clock.advance(HOUR);
    expect((await backupsOf(second, SITE)).map(({ name }) => name)).toContain(line.name);
    expect(await backupsOf(second, SITE)).toHaveLength(2);
    expect(second.sim.estate().updates).toMatchObject([{ status: 'Success' }]);
    second.sim.clock.advance(25 * HOUR);
    expect(await backupsOf(second, SITE)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
