import { describe, expect, it } from 'vitest';
import {
  clearSiteCache,
  getBackupLink,
  getBackupLinks,
  listBackups,
  listSiteActivity,
  migrateSite,
  restoreSite,
  restoreSiteFromFiles,
  restoreSiteFromPhysicalBackup,
  restoreSpace,
  scheduleBackup,
  uploadedBackupInfo,
} from '../../../src/frappe-cloud/index.js';
import {
  getPartLinks,
  getUploadForm,
  multipartExit,
} from '../../../src/frappe-cloud/endpoints/uploads.js';
import type { Transport } from '../../../src/frappe-cloud/transport.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat, says } from './support/press-that.js';

const SITE = { site: 'acme.frappe.cloud' };
const SINCE = '2026-11-21 03:40:31.639656';

/** The parameters of the one call that is made, whatever becomes of the answer. */
async function sentBy(call: (press: Transport) => Promise<unknown>): Promise<unknown> {
  const { press, sent } = await pressThat(() => ({ body: {} }));
  await call(press).catch(() => undefined);
  expect(sent).toHaveLength(1);
  return sent[0];
}

describe('what is sent', () => {
  it('for backups always names the statuses', async () => {
    const query = { ...SITE, statuses: ['Pending', 'Running'] as const };
    expect(await sentBy((press) => listBackups(press, query))).toMatchObject({
      doctype: 'Site Backup',
      filters: { site: SITE.site, status: ['in', ['Pending', 'Running']] },
      order_by: 'creation desc',
      limit: 100,
    });
    const narrow = { ...query, offsite: true, since: SINCE, limit: 6 };
    expect(await sentBy((press) => listBackups(press, narrow))).toMatchObject({
      filters: { offsite: 1, creation: ['>=', SINCE] },
      limit: 6,
    });
  });

  it('for backups asks for everything that can be asked for', async () => {
    const { fields } = (await sentBy((press) =>
      listBackups(press, { ...SITE, statuses: ['Success'] }),
    )) as { fields: string[] };
    // Without these two Press computes nonsense (B 1.3).
    expect(fields).toEqual(expect.arrayContaining(['physical', 'database_snapshot']));
    // No columns of a list, and computed ones are not asked for.
    expect(fields).not.toContain('database_file');
    expect(fields).not.toContain('ready_to_restore');
  });

  it.each([
    [
      'a backup',
      (press: Transport) => scheduleBackup(press, { ...SITE, with_files: true }),
      {
        dt: 'Site',
        dn: SITE.site,
        method: 'schedule_backup',
        args: { with_files: true, physical: false },
      },
    ],
    [
      'a partial restore',
      (press: Transport) => restoreSite(press, { ...SITE, files: { public: 'f1' } }),
      { name: SITE.site, files: { public: 'f1' }, skip_failing_patches: false },
    ],
    [
      'a restore of own files, with every key that must be there',
      (press: Transport) =>
        restoreSiteFromFiles(press, {
          ...SITE,
          files: { database: 'f1', config: 'f2' },
          skip_failing_patches: true,
        }),
      {
        dt: 'Site',
        dn: SITE.site,
        method: 'restore_site_from_files',
        args: {
          files: { database: 'f1', public: null, private: null, config: 'f2' },
          skip_failing_patches: true,
        },
      },
    ],
    [
      'a physical restore',
      (press: Transport) => restoreSiteFromPhysicalBackup(press, { ...SITE, backup: 'b1' }),
      {
        dt: 'Site',
        dn: SITE.site,
        method: 'restore_site_from_physical_backup',
        args: { backup: 'b1' },
      },
    ],
    [
      'a question for space',
      (press: Transport) =>
        restoreSpace(press, { ...SITE, database_bytes: 3, public_bytes: 2, private_bytes: 1 }),
      { name: SITE.site, db_file_size: 3, public_file_size: 2, private_file_size: 1 },
    ],
    [
      'a migration',
      (press: Transport) => migrateSite(press, SITE),
      { dt: 'Site', dn: SITE.site, method: 'migrate', args: { skip_failing_patches: false } },
    ],
    ['an emptied cache', (press: Transport) => clearSiteCache(press, SITE), { name: SITE.site }],
    [
      'a link',
      (press: Transport) => getBackupLink(press, { ...SITE, backup: 'b1', file: 'config' }),
      { name: SITE.site, backup: 'b1', file: 'config' },
    ],
    ['a form', (press: Transport) => getUploadForm(press, { file: 'a.tar' }), { file: 'a.tar' }],
    [
      'the beginning of an upload',
      (press: Transport) => getPartLinks(press, { file: 'a.tar', parts: 3 }),
      { file: 'a.tar', parts: 3 },
    ],
    [
      'the end of an upload, with its parts as text',
      (press: Transport) =>
        multipartExit(press, {
          key: 'k',
          id: 'i',
          action: 'complete',
          parts: [{ PartNumber: 1, ETag: '"e"' }],
        }),
      { file: 'k', id: 'i', action: 'complete', parts: '[{"PartNumber":1,"ETag":"\\"e\\""}]' },
    ],
    [
      'the abort of an upload',
      (press: Transport) => multipartExit(press, { key: 'k', id: 'i', action: 'abort' }),
      { file: 'k', id: 'i', action: 'abort' },
    ],
    [
      'an uploaded file',
      (press: Transport) =>
        uploadedBackupInfo(press, { file: 'a.tar', type: 'application/x-tar', size: 7, path: 'k' }),
      { file: 'a.tar', type: 'application/x-tar', size: 7, path: 'k' },
    ],
  ])('as %s', async (_name, call, expected) => {
    expect(await sentBy(call)).toEqual(expected);
  });

  it('never is a restore without a file, which would call a damaged site healthy', async () => {
    const { press, sent } = await pressThat(() => ({ body: { message: 'j' } }));
    const files = { config: 'f2' };
    await expect(restoreSiteFromFiles(press, { ...SITE, files })).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });
});

describe('activities', () => {
  const row = (name: string, reason: string | null) => ({
    name,
    reason,
    action: 'Archive',
    job: 'j',
    owner: 'ops@acme.example',
    creation: SINCE,
  });

  it('can be narrowed to a time and to a reason', async () => {
    const rows = [row('a', 'op-2'), row('b', null), row('c', 'op-1')];
    const { press, sent } = await pressThat(() => ({ body: { message: rows } }));
    const query = { ...SITE, action: 'Archive', since: SINCE, reason: 'op-1' };
    expect(await listSiteActivity(press, query)).toMatchObject([{ name: 'c', job: 'j' }]);
    expect(sent[0]).toMatchObject({
      filters: { site: SITE.site, action: 'Archive', creation: ['>=', SINCE] },
    });
    expect(JSON.stringify(sent[0])).not.toContain('op-1');
  });
});

describe('a login of Press on another site', () => {
  const site = { url: 'https://erp.customer.example', email: 'a@x.example', password: 'hunter-22' };

  it('tells of the files, and not of the session in their links', async () => {
    const url = 'https://erp.customer.example/backups/db.sql.gz?sid=0123456789';
    const links = [{ type: 'database', remote_file: 'f1', file_name: 'db.sql.gz', url }];
    const { press } = await pressThat(() => ({ body: { message: links } }));
    expect(await getBackupLinks(press, site)).toEqual([
      { type: 'database', remote_file: 'f1', file_name: 'db.sql.gz' },
    ]);
  });

  it('keeps the password and the session out of its errors', async () => {
    const text = `Could not fetch ${site.url}?sid=0123456789 with ${site.password}`;
    const { press } = await pressThat(() => ({ status: 417, body: says('ValidationError', text) }));
    const error = await pressErrorOf(getBackupLinks(press, site));
    expect(error).toMatchObject({ code: 'REFUSED' });
    expect(JSON.stringify(error)).not.toMatch(/hunter-22|0123456789/);
  });
});

describe('answers that are none', () => {
  it.each([
    [
      'a link',
      (press: Transport) => getBackupLink(press, { ...SITE, backup: 'b', file: 'database' }),
    ],
    ['a form', (press: Transport) => getUploadForm(press, { file: 'f' })],
    ['links for parts', (press: Transport) => getPartLinks(press, { file: 'f', parts: 2 })],
    ['a job', (press: Transport) => migrateSite(press, SITE)],
  ])('%s: Press says nothing when the storage would not sign', async (_name, call) => {
    const { press } = await pressThat(() => ({ body: {} }));
    expect(await pressErrorOf(call(press))).toMatchObject({ code: 'BAD_ANSWER' });
  });
});
