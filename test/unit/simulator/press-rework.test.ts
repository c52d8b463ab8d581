import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobStatus, siteOf } from './support/backups.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './support/press-client.js';

const SITE = 'acme-one.frappe.cloud';
let press: Press;

beforeEach(async () => {
  press = await startPress();
  await press.activeSite('acme-one');
});

afterEach(() => press.sim.close());

const settled = () => {
  press.sim.clock.advance(5 * MINUTE);
  return siteOf(press, SITE);
};

/** What the site shows on its way. */
function watched(): (string | undefined)[] {
  const seen: (string | undefined)[] = [];
  for (let waited = 0; waited < 3 * MINUTE; waited += SECOND) {
    if (seen.at(-1) !== press.statusOf(SITE)) seen.push(press.statusOf(SITE));
    press.sim.clock.advance(SECOND);
  }
  return seen;
}

const fail = (jobType: string, fault: object = { kind: 'fail_step', step: 0 }) =>
  press.sim.addFault({ job: { jobType }, fault: fault as { kind: 'fail_step'; step: number } });

const refusal = async (method: string) => {
  const { status, body } = await press.rdm(SITE, method);
  return [status, messageOf(body)];
};

describe('reinstall', () => {
  it('empties the site: Pending, Installing, Active', async () => {
    const before = siteOf(press, SITE).data;
    const reply = await press.call('press.api.site.reinstall', { name: SITE });
    expect(reply.body.message).toEqual(expect.any(String));
    expect(watched()).toEqual(['Pending', 'Installing', 'Active']);
    const { data, apps } = siteOf(press, SITE);
    expect(data).toMatchObject({ public: before.public, private: before.private });
    expect(data.database).not.toBe(before.database);
    expect(apps).toEqual(['frappe', 'erpnext']);
  });

  it('that fails is Broken without lock: it can be tried again (B 4.1)', async () => {
    fail('Reinstall Site');
    await press.rdm(SITE, 'reinstall');
    expect(settled()).toMatchObject({ status: 'Broken', creationFailed: false });
    await press.rdm(SITE, 'activate');
    expect(press.statusOf(SITE)).toBe('Broken');
    await press.rdm(SITE, 'reinstall');
    expect(settled().status).toBe('Active');
  });

  it('that is not delivered has not happened', async () => {
    const { data } = siteOf(press, SITE);
    fail('Reinstall Site', { kind: 'delivery_failure', afterSeconds: 10 });
    await press.rdm(SITE, 'reinstall');
    expect(settled()).toMatchObject({ status: 'Active', data });
    expect(jobStatus(press, 'Reinstall Site')).toBe('Delivery Failure');
  });
});

describe('migrate', () => {
  it('is Pending, Updating, Active; only the document method tells its job', async () => {
    expect((await press.call('press.api.site.migrate', { name: SITE })).body).toEqual({});
    expect(watched()).toEqual(['Pending', 'Updating', 'Active']);
    expect((await press.rdm(SITE, 'migrate')).body.message).toEqual(expect.any(String));
  });

  it('of an Inactive site leaves it Inactive', async () => {
    await press.rdm(SITE, 'deactivate');
    settled();
    await press.rdm(SITE, 'migrate');
    expect(watched()).toEqual(['Pending', 'Updating', 'Inactive']);
    expect(siteOf(press, SITE).maintenance).toBe(true);
  });

  it.each([
    ['fails', { kind: 'fail_step', step: 0 }, 'Failure', 'Broken'],
    ['is refused by the agent', { kind: 'agent_refuses' }, 'Failure', 'Broken'],
    [
      'is not delivered',
      { kind: 'delivery_failure', afterSeconds: 9 },
      'Delivery Failure',
      'Active',
    ],
  ] as const)('that %s', async (_what, fault, job, status) => {
    const { data } = siteOf(press, SITE);
    fail('Migrate Site', fault);
    await press.rdm(SITE, 'migrate');
    expect(settled()).toMatchObject({ status, creationFailed: false, data });
    expect(jobStatus(press, 'Migrate Site')).toBe(job);
    if (status === 'Broken') {
      await press.rdm(SITE, 'activate');
      expect(press.statusOf(SITE)).toBe('Active');
    }
  });

  it('passes over failing patches when it is told to', async () => {
    fail('Migrate Site', { kind: 'fail_step', step: 0, patch: true });
    await press.rdm(SITE, 'migrate', { skip_failing_patches: true });
    expect(settled().status).toBe('Active');
  });

  it('sent twice is refused while it is open', async () => {
    await press.rdm(SITE, 'migrate');
    const pending = 'Site is in <strong>pending</strong> state. Your site have to be active to ';
    expect(await refusal('migrate')).toEqual([417, `${pending}<strong>migrate</strong>.`]);
    expect(await refusal('reinstall')).toEqual([417, `${pending}<strong>reinstall</strong>.`]);
    expect((await press.rdm(SITE, 'schedule_backup')).status).toBe(200);
  });

  it('by GET answers a job that never exists', async () => {
    const query = `dt=Site&dn=${SITE}&method=migrate&args=%7B%7D`;
    const reply = await press.call('', null, {
      verb: 'GET',
      path: `/api/method/press.api.client.run_doc_method?${query}`,
    });
    expect(reply.body.message).toEqual(expect.any(String));
    expect(press.statusOf(SITE)).toBe('Active');
    expect(jobStatus(press, 'Migrate Site')).toBeUndefined();
  });
});
