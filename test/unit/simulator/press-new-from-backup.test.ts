import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backedUpOffsite,
  type BackupLine,
  backupsOf,
  filesOf,
  jobStatus,
  siteOf,
} from './support/backups.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';
import { register, upload } from './support/uploads.js';

const OLD = 'acme-one.frappe.cloud';
let press: Press;
let copy: BackupLine;

beforeEach(async () => {
  press = await startPress();
  await press.activeSite('acme-one');
  copy = await backedUpOffsite(press, OLD);
});

afterEach(() => press.sim.close());

const later = () => {
  press.sim.clock.advance(10 * MINUTE);
};

describe('a new site from a backup', () => {
  it('goes as seq-new-from-backup-success, and has the data of the other', async () => {
    const reply = await press.newSite('acme-new', { files: { ...filesOf(copy), config: null } });
    const name = 'acme-new.frappe.cloud';
    expect(reply.status).toBe(recorded('seq-new-from-backup-success').response.status);
    const seen: (string | undefined)[] = [];
    for (let waited = 0; waited < 8 * MINUTE; waited += SECOND) {
      if (seen.at(-1) !== press.statusOf(name)) seen.push(press.statusOf(name));
      press.sim.clock.advance(SECOND);
    }
    expect(seen).toEqual(['Pending', 'Installing', 'Active']);
    expect(jobStatus(press, 'New Site from Backup')).toBe('Success');
    expect(siteOf(press, name).data).toEqual(siteOf(press, OLD).data);
  });

  it('brings an archived site back under its name (observed-2 5)', async () => {
    const { data } = siteOf(press, OLD);
    await press.rdm(OLD, 'update_config', { config: { lab_key: 'kept?' } });
    later();
    copy = await backedUpOffsite(press, OLD);
    await press.rdm(OLD, 'archive', { create_offsite_backup: false });
    later();
    const [last] = await backupsOf(press, `${OLD}.archived`);
    expect(last?.name).toBe(copy.name);
    const files = { ...filesOf(copy), config: copy.remote_config_file };
    expect((await press.newSite('acme-one', { files })).status).toBe(200);
    later();
    expect(siteOf(press, OLD)).toMatchObject({ status: 'Active', data });
    const config = await press.ask<{ key: string; value: string }[]>('press.api.site.site_config', {
      name: OLD,
    });
    const values = Object.fromEntries(config.map(({ key, value }) => [key, value]));
    expect(values.lab_key).toBe('kept?');
    expect(values.encryption_key).toEqual(expect.any(String));
    expect(await backupsOf(press, OLD)).toEqual([]);
  });

  it.each(['Download Backup Files', 'Restore Site', 'Migrate Site'])(
    'is Broken when it fails in %s',
    async (step) => {
      press.sim.addFault({
        job: { jobType: 'New Site from Backup' },
        fault: { kind: 'fail_step', step },
      });
      await press.newSite('acme-new', { files: filesOf(copy) });
      later();
      expect(siteOf(press, 'acme-new.frappe.cloud')).toMatchObject({
        status: 'Broken',
        creationFailed: true,
      });
    },
  );

  it('is refused for unknown files', async () => {
    const reply = await press.newSite('acme-new', { files: { database: 'nosuch' } });
    expect([reply.status, messageOf(reply.body)]).toEqual([404, 'Remote File nosuch not found']);
    expect(press.statusOf('acme-new.frappe.cloud')).toBeUndefined();
  });
});

describe('a new site whose configuration file cannot be read', () => {
  const name = 'acme-new.frappe.cloud';

  it('is rolled back when all files are uploads: r2-seq-site-new-500-rolled-back', async () => {
    const database = await upload(press, 'db.sql.gz', Buffer.from('dump'));
    const config = await register(press, 'nowhere/config.json', 10);
    const reply = await press.newSite('acme-new', { files: { database, config } });
    expect([reply.status, reply.body.exc_type]).toEqual([500, 'NoSuchKey']);
    expect(press.statusOf(name)).toBeUndefined();
    expect(press.sim.calls().at(-1)?.committed).toBe(false);
  });

  it('stays half made when a file is of a site: r2-seq-site-new-500-leaves-pending-site', async () => {
    const config = await register(press, 'nowhere/config.json', 10);
    const reply = await press.newSite('acme-new', { files: { ...filesOf(copy), config } });
    expect([reply.status, reply.body.exc_type]).toEqual([500, 'NoSuchKey']);
    expect(press.sim.calls().at(-1)?.committed).toBe(true);
    later();
    expect(press.statusOf(name)).toBe('Pending');
    expect(press.sim.estate().jobs.filter(({ site }) => site === name)).toEqual([]);
    const again = await press.newSite('acme-new', { files: { ...filesOf(copy), config } });
    expect(again.status).toBe(409);
    expect((await press.rdm(name, 'archive', {})).status).toBe(417);
  });
});
