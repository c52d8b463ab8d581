import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupsOf, HOUR, jobStatus, siteOf, stepsOf } from './support/backups.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';

const SITE = 'acme-one.frappe.cloud';
let press: Press;

beforeEach(async () => {
  press = await startPress();
  await press.activeSite('acme-one');
});

afterEach(() => press.sim.close());

const install = (args: object) => press.rdm(SITE, 'install_app', args);
const uninstall = (args: object) => press.rdm(SITE, 'uninstall_app', args);
const settled = () => {
  press.sim.clock.advance(5 * MINUTE);
  return siteOf(press, SITE);
};
const subscription = (app: string) =>
  press.sim.estate().subscriptions.find((row) => row.site === SITE && row.app === app);

describe('install_app', () => {
  it('answers its job; the site is Pending, Installing, Active', async () => {
    const reply = await install({ app: 'crm' });
    expect(reply.body.message).toEqual(expect.any(String));
    const seen: (string | undefined)[] = [];
    for (let waited = 0; waited < 2 * MINUTE; waited += SECOND) {
      if (seen.at(-1) !== press.statusOf(SITE)) seen.push(press.statusOf(SITE));
      press.sim.clock.advance(SECOND);
    }
    expect(seen).toEqual(['Pending', 'Installing', 'Active']);
    expect(siteOf(press, SITE).apps).toEqual(['frappe', 'erpnext', 'crm']);
    const activity = await press.ask<object[]>('press.api.client.get_list', {
      doctype: 'Site Activity',
      fields: ['job', 'reason'],
      filters: { site: SITE, action: 'Install App' },
    });
    expect(activity).toEqual([{ job: reply.body.message, reason: 'crm' }]);
    const again = await install({ app: 'crm' });
    expect([again.status, again.body.message]).toEqual([
      recorded('install-app-already-installed').response.status,
      undefined,
    ]);
    expect(press.statusOf(SITE)).toBe('Active');
  });

  it.each([
    ['fails', { kind: 'fail_step', step: 0 }, 'Failure'],
    ['is never delivered', { kind: 'delivery_failure', afterSeconds: 9 }, 'Delivery Failure'],
  ] as const)('that %s leaves the site Active all the same', async (_what, fault, status) => {
    press.sim.addFault({ job: { jobType: 'Install App on Site' }, fault });
    await install({ app: 'crm' });
    expect(settled()).toMatchObject({ status: 'Active', apps: ['frappe', 'erpnext'] });
    expect(jobStatus(press, 'Install App on Site')).toBe(status);
  });

  it('accepts any name, and fails for what is not on the bench (observed 4)', async () => {
    for (const args of [{ app: 'nosuchapp' }, { app: 'lms' }, undefined]) {
      expect((await install(args ?? {})).status).toBe(200);
      expect(settled()).toMatchObject({ status: 'Active', apps: ['frappe', 'erpnext'] });
      expect(jobStatus(press, 'Install App on Site')).toBe('Failure');
    }
  });

  it('books the plan at once, and keeps it when the install fails (C 4.3)', async () => {
    press.sim.addFault({
      job: { jobType: 'Install App on Site' },
      fault: { kind: 'fail_step', step: 0 },
    });
    const plan = 'MARKETPLACE-PLAN-insights-002';
    const wrapper = { name: SITE, app: 'insights', plan };
    expect((await press.call('press.api.site.install_app', wrapper)).body).toEqual({});
    expect(subscription('insights')).toMatchObject({ plan, enabled: true });
    settled();
    expect(subscription('insights')).toMatchObject({ plan, enabled: true });
    await install({ app: 'insights' });
    expect(settled().apps).toContain('insights');
    expect(subscription('insights')?.plan).toBe('MARKETPLACE-PLAN-insights-001');
    expect((await install({ app: 'crm', plan: 'nosuch' })).body.exc_type).toBe('TypeError');
  });

  it.each([
    ['install-app-unknown-arg', { app: 'crm', zzz: 1 }, false],
    ['install-app-while-inactive', { app: 'crm' }, true],
  ] as const)('%s', async (file, args, inactive) => {
    if (inactive) await press.rdm(SITE, 'deactivate');
    const { response } = recorded(file);
    const reply = await install(args);
    expect([reply.status, reply.body.exception]).toEqual([
      response.status,
      response.body.exception,
    ]);
  });
});

describe('uninstall_app', () => {
  it('ends the subscription at once and takes the app away', async () => {
    await install({ app: 'insights' });
    settled();
    await uninstall({ app: 'insights' });
    expect(subscription('insights')?.enabled).toBe(false);
    expect(settled().apps).toEqual(['frappe', 'erpnext']);
    expect(Object.values(stepsOf(press, 'Uninstall App from Site'))).toEqual([
      'Skipped',
      'Skipped',
      'Success',
    ]);
    expect(await backupsOf(press, SITE)).toEqual([]);
  });

  it('may make an offsite backup of the living site, if all goes well (D 4)', async () => {
    const args = { app: 'erpnext', create_offsite_backup: true, feedback: 'x' };
    press.sim.addFault({
      job: { jobType: 'Uninstall App from Site' },
      fault: { kind: 'fail_step', step: 'Uninstall App from Site' },
    });
    await uninstall(args);
    expect(settled()).toMatchObject({ status: 'Active', apps: ['frappe', 'erpnext'] });
    expect(await backupsOf(press, SITE)).toEqual([]);
    await uninstall(args);
    settled();
    const [made] = await backupsOf(press, SITE);
    expect(made).toMatchObject({ offsite: 1, with_files: 1 });
  });

  it('of frappe is accepted and hangs the site until the sweep (observed 4)', async () => {
    expect((await uninstall({ app: 'frappe' })).status).toBe(
      recorded('uninstall-frappe').response.status,
    );
    press.sim.clock.advance(20 * HOUR);
    expect(jobStatus(press, 'Uninstall App from Site')).toBe('Running');
    expect(press.statusOf(SITE)).toBe('Installing');
    const refused = await press.rdm(SITE, 'migrate');
    expect(messageOf(refused.body)).toContain('<strong>installing</strong>');
    press.sim.clock.advance(30 * HOUR);
    expect(siteOf(press, SITE)).toMatchObject({ status: 'Active', apps: ['frappe', 'erpnext'] });
  });

  it('of an app that is not there runs all the same', async () => {
    const wrapper = { name: SITE, app: 'wiki' };
    expect((await press.call('press.api.site.uninstall_app', wrapper)).body).toEqual({});
    expect(settled().apps).toEqual(['frappe', 'erpnext']);
    expect(jobStatus(press, 'Uninstall App from Site')).toBe('Success');
  });
});
