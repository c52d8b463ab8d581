import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backedUpOffsite,
  filesOf,
  HOUR,
  restore,
  scheduleBackup,
  siteOf,
} from './support/backups.js';
import { messageOf, MINUTE, type Press, startPress } from './support/press-client.js';
import { failStep, NEW_BENCH, OLD_BENCH, SITE, update, withUpdate } from './support/updates.js';

let press: Press;

afterEach(() => press.sim.close());

describe("Press's own work on a site", () => {
  beforeEach(async () => {
    press = await withUpdate();
  });

  it.each([
    ['update', 'schedule_update', 'Site is in <strong>pending</strong> state.'],
    ['backup', 'schedule_backup', 'Too many pending backups'],
  ] as const)('an %s may be faster than the call', async (by, method, text) => {
    press.sim.addFault({
      call: { method: 'press.api.client.run_doc_method', body: { method } },
      fault: { kind: 'overtaken', by },
    });
    const reply = await press.rdm(SITE, method);
    expect([reply.status, messageOf(reply.body)]).toEqual([417, expect.stringContaining(text)]);
    const { updates, backups } = press.sim.estate();
    expect(updates.length + backups.length).toBe(1);
  });

  it('updates can be begun by hand, and are told from others by their owner', async () => {
    const name = press.sim.updateByPress(SITE);
    expect(messageOf((await update(press)).body)).toContain('<strong>pending</strong>');
    const [row] = await press.ask<object[]>('press.api.client.get_list', {
      doctype: 'Site Update',
      fields: ['name', 'owner'],
      filters: { site: SITE },
    });
    expect(row).toMatchObject({ name, owner: 'Administrator' });
    await scheduleBackup(press, SITE);
    expect(press.sim.estate().backups).toHaveLength(1);
  });
});

describe('updates in the night (C 2.1)', () => {
  beforeEach(async () => {
    // The clock of the tests begins at 05:30 in the server's zone.
    press = await startPress({ timings: { autoUpdates: 15 * MINUTE } });
    await press.activeSite('acme-one');
    press.sim.clock.advance(HOUR);
    press.sim.releaseUpdate('bench-0001');
  });

  it('begin by themselves', () => {
    press.sim.clock.advance(14 * HOUR);
    expect(siteOf(press, SITE).bench).toBe(OLD_BENCH);
    press.sim.clock.advance(HOUR);
    expect(siteOf(press, SITE).bench).toBe(NEW_BENCH);
  });

  it('are not tried again once they failed', () => {
    failStep(press, 'Update Site Migrate', 'Migrate Site');
    press.sim.clock.advance(48 * HOUR);
    expect(press.sim.estate().updates.map(({ status }) => status)).toEqual(['Recovered']);
  });

  it('can be switched off on private benches only', async () => {
    const off = (name: string) =>
      press.call('press.api.client.set_value', {
        doctype: 'Site',
        name,
        fieldname: { skip_auto_updates: 1 },
      });
    expect(messageOf((await off(SITE)).body)).toContain("Auto updates can't be disabled");
    const own = await press.activeSite('acme-own', { group: 'bench-0004', apps: ['frappe'] });
    expect((await off(own)).status).toBe(200);
    press.sim.releaseUpdate('bench-0004');
    press.sim.clock.advance(24 * HOUR);
    expect(press.sim.estate().updates.map(({ site }) => site)).toEqual([SITE]);
  });
});

describe('restore_site (B 2.3)', () => {
  beforeEach(async () => {
    press = await withUpdate();
  });

  it('takes the files of an earlier restore once more', async () => {
    const copy = await backedUpOffsite(press, SITE);
    const old = siteOf(press, SITE).data.database;
    await restore(press, SITE, filesOf(copy));
    press.sim.clock.advance(15 * MINUTE);
    press.sim.changeData(SITE);
    expect((await press.rdm(SITE, 'restore_site')).status).toBe(200);
    press.sim.clock.advance(15 * MINUTE);
    expect(siteOf(press, SITE)).toMatchObject({ status: 'Active', data: { database: old } });
  });

  it('is accepted without any files, too, and blocks the site (observed-2 6.2)', async () => {
    const before = siteOf(press, SITE).data;
    expect((await press.rdm(SITE, 'restore_site')).status).toBe(200);
    expect(press.statusOf(SITE)).toBe('Pending');
    press.sim.clock.advance(15 * MINUTE);
    expect(siteOf(press, SITE)).toMatchObject({ status: 'Active', data: before });
  });
});
