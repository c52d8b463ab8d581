import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backedUp,
  backedUpOffsite,
  download,
  filesOf,
  jobStatus,
  loginTo,
  restore,
  siteOf,
} from './support/backups.js';
import { messageOf, MINUTE, type Press, SITE, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';
import { register, upload } from './support/uploads.js';

const NAME = 'acme-one.frappe.cloud';
const OTHER = 'acme-two.frappe.cloud';
let press: Press;

beforeEach(async () => {
  press = await startPress();
  await press.activeSite('acme-one', { apps: ['frappe', 'erpnext', 'crm'] });
});

afterEach(() => press.sim.close());

const later = () => {
  press.sim.clock.advance(10 * MINUTE);
};

describe('a copy that went through other hands', () => {
  it('is downloaded from the site, uploaded again and restored', async () => {
    const line = await backedUp(press, NAME);
    const before = siteOf(press, NAME).data;
    const files: Record<string, string> = {};
    for (const kind of ['database', 'public', 'private', 'config']) {
      const url = line[kind === 'config' ? 'config_file_url' : `${kind}_url`];
      const { body } = await download(press, NAME, url);
      files[kind] = await upload(press, `${kind}.bin`, body);
    }
    press.sim.changeData(NAME);
    expect((await restore(press, NAME, files)).status).toBe(200);
    later();
    expect(siteOf(press, NAME)).toMatchObject({ status: 'Active', data: before });
  });

  it('may be a link with a session, for as long as the site can be reached (B 6)', async () => {
    await press.activeSite('acme-two');
    const line = await backedUp(press, NAME);
    const sid = await loginTo(press, NAME);
    const id = await press.ask<string>('press.api.site.uploaded_backup_info', {
      file: 'db.sql.gz',
      url: `${String(line.database_url)}?sid=${sid}`,
      size: 1000,
    });
    await restore(press, OTHER, { database: id });
    later();
    expect(siteOf(press, OTHER).data.database).toBe(siteOf(press, NAME).data.database);
    press.sim.setResponsive(NAME, false);
    expect((await restore(press, OTHER, { database: id })).status).toBe(500);
  });
});

describe('a restore', () => {
  it('keeps of the apps only what both have (B 2.4)', async () => {
    await press.activeSite('acme-two', { apps: ['frappe', 'erpnext', 'hrms'] });
    const line = await backedUpOffsite(press, NAME);
    await restore(press, OTHER, { database: line.remote_database_file });
    later();
    expect(siteOf(press, OTHER).apps).toEqual(['frappe', 'erpnext']);
  });

  it('of an Inactive site is Active for Press, and not for its visitors (B 2.5)', async () => {
    const line = await backedUpOffsite(press, NAME);
    await press.rdm(NAME, 'deactivate');
    later();
    await restore(press, NAME, filesOf(line));
    later();
    expect(press.statusOf(NAME)).toBe('Active');
    expect(siteOf(press, NAME).maintenance).toBe(true);
    expect((await press.rdm(NAME, 'activate')).status).toBe(417);
    await press.rdm(NAME, 'deactivate');
    later();
    await press.rdm(NAME, 'activate');
    later();
    expect(siteOf(press, NAME)).toMatchObject({ status: 'Active', maintenance: false });
  });

  it('turns the billing on again, as every save does (B 2.1)', async () => {
    const line = await backedUpOffsite(press, NAME);
    press.sim.addFault({
      job: { jobType: 'Archive Site' },
      fault: { kind: 'fail_step', step: 'Archive Site' },
    });
    await press.rdm(NAME, 'archive', { create_offsite_backup: false });
    later();
    expect(press.sim.estate().subscriptions[0]?.enabled).toBe(false);
    await restore(press, NAME, filesOf(line));
    expect(press.sim.estate().subscriptions[0]?.enabled).toBe(true);
  });

  it('reads its configuration file during the call', async () => {
    const line = await backedUpOffsite(press, NAME);
    const config = await upload(press, 'config.json', Buffer.from('{ not json'));
    const refused = await restore(press, NAME, { ...filesOf(line), config });
    expect([refused.status, refused.body.exc_type]).toEqual([500, 'JSONDecodeError']);
    expect(press.statusOf(NAME)).toBe('Active');
  });
});

describe('space', () => {
  const ask = (name: string, extra: object) =>
    press.call('press.api.site.validate_restoration_space_requirements', { name, ...extra });

  it('is always enough on a public server: validate-restoration-space', async () => {
    const { request, response } = recorded('validate-restoration-space');
    const reply = await ask(NAME, { ...(request.body as object), name: NAME });
    expect(reply.body).toEqual(response.body);
  });

  it('may be too little on a dedicated one', async () => {
    const server = `f9-mumbai.${press.sim.domain}`;
    const group = await press.ask<string>('press.api.bench.new', {
      bench: {
        title: 'own',
        version: 'Version 15',
        apps: [{ name: 'frappe', source: 'SRC-frappe-15' }],
        cluster: 'Mumbai',
        saas_app: null,
        server,
      },
    });
    await press.call('press.api.client.run_doc_method', {
      dt: 'Release Group',
      dn: group,
      method: 'initial_deploy',
    });
    press.sim.clock.advance(60 * MINUTE);
    const site = await press.activeSite('acme-own', {
      ...SITE,
      group,
      apps: ['frappe'],
      server,
      plan: 'Unlimited',
    });
    const database = 4 * 1024 ** 3;
    const sizes = { db_file_size: database, public_file_size: 0, private_file_size: 0 };
    expect((await ask(site, sizes)).body.message).toMatchObject({
      allowed_to_upload: false,
      is_insufficient_space_on_app_server: false,
      is_insufficient_space_on_db_server: true,
      required_space_on_db_server: 16 * database,
    });
    const id = await register(press, 'big.sql.gz', database);
    const refused = await restore(press, site, { public: id });
    expect(refused.status).toBe(200);
    later();
    expect(jobStatus(press, 'Restore Site')).toBe('Failure');
    const line = await backedUpOffsite(press, NAME);
    press.sim.setFreeSpace(server, 1000);
    const short = await restore(press, site, filesOf(line));
    expect([short.body.exc_type, short.status]).toEqual(['InsufficientSpaceOnServer', 417]);
    expect(messageOf(short.body)).toContain('Insufficient estimated space on Application server');
  });
});
