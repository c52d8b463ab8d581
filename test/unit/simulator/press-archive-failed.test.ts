import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backedUpOffsite,
  type BackupLine,
  filesOf,
  jobStatus,
  restore,
  siteOf,
} from './support/backups.js';
import { advanceUntil } from './support/orders.js';
import { MINUTE, type Press, SECOND, startPress } from './support/press-client.js';
import { failStep } from './support/updates.js';

let press: Press;
let site: string;
let copy: BackupLine;

beforeEach(async () => {
  press = await startPress();
  site = await press.activeSite('acme-one', { apps: ['frappe', 'insights'] });
  copy = await backedUpOffsite(press, site);
});

afterEach(() => press.sim.close());

const archive = () =>
  press.rdm(site, 'archive', { reason: 'op-1', force: false, create_offsite_backup: false });

const settle = (minutes = 10) => {
  press.sim.clock.advance(minutes * MINUTE);
  return siteOf(press, site);
};

const appSubscription = () =>
  press.sim.estate().subscriptions.find((row) => row.site === site && row.app === 'insights');

describe('an archive whose proxy job fails (observed-2 5)', () => {
  beforeEach(async () => {
    failStep(press, 'Remove Site from Upstream', 0);
    await archive();
  });

  it('undoes an activate that comes before both jobs are over', async () => {
    advanceUntil(press, () => press.statusOf(site) === 'Broken');
    expect(jobStatus(press, 'Archive Site')).not.toBe('Success');
    await press.rdm(site, 'activate');
    expect(press.statusOf(site)).toBe('Active');
    advanceUntil(press, () => jobStatus(press, 'Archive Site') === 'Success');
    expect(press.statusOf(site)).toBe('Broken');
  });

  it('lets itself be activated although the site is gone, and then nothing works', async () => {
    expect(settle()).toMatchObject({ status: 'Broken', directory: null });
    await press.rdm(site, 'activate');
    expect(settle()).toMatchObject({ status: 'Active', directory: null });
    await restore(press, site, filesOf(copy));
    press.sim.clock.advance(10 * SECOND);
    expect(siteOf(press, site)).toMatchObject({ status: 'Broken', creationFailed: true });
  });

  it('succeeds when it is sent again: the name is free for a new site', async () => {
    settle();
    expect((await archive()).status).toBe(200);
    press.sim.clock.advance(10 * MINUTE);
    expect(press.statusOf(site)).toBeUndefined();
    const reply = await press.newSite('acme-one', {
      apps: ['frappe'],
      files: filesOf(copy),
    });
    expect(reply.status).toBe(200);
    expect(settle()).toMatchObject({ status: 'Active', directory: expect.any(String) as string });
  });
});

describe('an archive that did not touch the site', () => {
  beforeEach(async () => {
    failStep(press, 'Archive Site', 'Archive Site');
    await archive();
    settle();
  });

  it('comes back with one activate, without its paid apps', async () => {
    expect(siteOf(press, site)).toMatchObject({ status: 'Broken', archiveFailed: true });
    await press.rdm(site, 'activate');
    expect(settle()).toMatchObject({ status: 'Active', archiveFailed: true, hostName: null });
    expect(appSubscription()?.enabled).toBe(false);
    await press.ask('press.api.marketplace.change_app_plan', {
      subscription: appSubscription()?.name,
      new_plan: appSubscription()?.plan,
    });
    expect(appSubscription()?.enabled).toBe(true);
    const made = await backedUpOffsite(press, site);
    expect(made.remote_database_file).toEqual(expect.any(String));
  });
});
