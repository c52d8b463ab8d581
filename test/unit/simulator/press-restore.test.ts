import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backedUpOffsite,
  type BackupLine,
  filesOf,
  HOUR,
  jobStatus,
  loginTo,
  restore,
  siteOf,
  stepsOf,
} from './support/backups.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './support/press-client.js';
import { get } from './support/raw-http.js';
import { recorded } from './support/recordings.js';
import { register } from './support/uploads.js';

const SITE = 'acme-one.frappe.cloud';
let press: Press;
let copy: BackupLine;
let before: ReturnType<typeof siteOf>['data'];

beforeEach(async () => {
  press = await startPress();
  await press.activeSite('acme-one');
  copy = await backedUpOffsite(press, SITE);
  before = siteOf(press, SITE).data;
  press.sim.changeData(SITE);
});

afterEach(() => press.sim.close());

const failStep = (step: string, extra: object = {}) =>
  press.sim.addFault({
    job: { jobType: 'Restore Site' },
    fault: { kind: 'fail_step', step, ...extra },
  });

const settled = () => {
  press.sim.clock.advance(10 * MINUTE);
  const { status, creationFailed, data } = siteOf(press, SITE);
  return { job: jobStatus(press, 'Restore Site'), status, creationFailed, data };
};

describe('a restore', () => {
  it('goes Pending, Installing, Active and brings the data back, as seq-restore-success', async () => {
    const reply = await restore(press, SITE, filesOf(copy));
    expect(reply.body.message).toEqual(expect.any(String));
    const seen: (string | undefined)[] = [];
    for (let waited = 0; waited < 6 * MINUTE; waited += SECOND) {
      const status = press.statusOf(SITE);
      if (seen.at(-1) !== status) seen.push(status);
      press.sim.clock.advance(SECOND);
    }
    expect(seen).toEqual(['Pending', 'Installing', 'Active']);
    expect(siteOf(press, SITE).data).toEqual(before);
    const activity = await press.ask<object[]>('press.api.client.get_list', {
      doctype: 'Site Activity',
      fields: ['job'],
      filters: { site: SITE, action: 'Restore' },
    });
    expect(activity).toEqual([{ job: reply.body.message }]);
  });

  it.each([
    ['of a database', ['database'], ['Restore Site', 'Migrate Site', 'Reload NGINX']],
    ['of public files', ['public'], ['Restore Files', 'Delete Downloaded Backup Files']],
    ['of both sides', ['public', 'private'], ['Restore Files']],
  ] as const)('%s runs only its steps and touches nothing else', async (_what, kinds, ran) => {
    const now = siteOf(press, SITE).data;
    const all = filesOf(copy);
    await restore(press, SITE, Object.fromEntries(kinds.map((kind) => [kind, all[kind]])));
    expect(settled()).toMatchObject({ job: 'Success', status: 'Active' });
    const given = Object.fromEntries(kinds.map((kind) => [kind, before[kind]]));
    expect(siteOf(press, SITE).data).toEqual({ ...now, ...given });
    const steps = stepsOf(press, 'Restore Site');
    for (const step of ran) expect(steps[step]).toBe('Success');
    const other = kinds[0] === 'database' ? 'Restore Files' : 'Migrate Site';
    expect(steps[other]).toBe('Skipped');
  });

  it('of nothing clears the flags and changes nothing (B 2.2)', async () => {
    failStep('Download Backup Files');
    await restore(press, SITE, filesOf(copy));
    expect(settled()).toMatchObject({ status: 'Broken', creationFailed: true });
    const now = siteOf(press, SITE).data;
    const files = { database: null, public: null, private: '' };
    expect((await press.rdm(SITE, 'restore_site_from_files', { files })).status).toBe(200);
    expect(settled()).toEqual({
      job: 'Success',
      status: 'Active',
      creationFailed: false,
      data: now,
    });
  });

  it('ends the sessions of the site', async () => {
    const sid = await loginTo(press, SITE);
    const visit = (session: string) => get(press, { host: SITE, path: `/app?sid=${session}` });
    expect((await visit(sid)).status).toBe(200);
    await restore(press, SITE, { database: copy.remote_database_file });
    settled();
    expect((await visit(sid)).status).toBe(301);
  });
});

describe('a restore that fails', () => {
  it.each([
    ['Download Backup Files', { database: 'kept' }],
    ['Restore Site', { database: null }],
    ['Migrate Site', { database: 'copy' }],
  ] as const)('in %s leaves the site Broken and locked (B 2.5)', async (step, { database }) => {
    failStep(step);
    const now = siteOf(press, SITE).data;
    await restore(press, SITE, { database: copy.remote_database_file });
    const after = settled();
    expect(after).toMatchObject({ job: 'Failure', status: 'Broken', creationFailed: true });
    const known = new Map([
      ['kept', now.database],
      ['copy', before.database],
    ]);
    expect(after.data.database).toBe(known.get(database ?? '') ?? null);
    for (const method of ['migrate', 'activate', 'deactivate', 'reinstall']) {
      const { status, body } = await press.rdm(SITE, method);
      expect([status, messageOf(body)]).toEqual([
        417,
        expect.stringMatching(/is blocked because site creation has failed|state/),
      ]);
    }
    expect((await restore(press, SITE, filesOf(copy))).status).toBe(200);
    expect(settled()).toMatchObject({ status: 'Active', creationFailed: false, data: before });
  });

  it('in Restore Files may leave that folder empty', async () => {
    failStep('Restore Files');
    await restore(press, SITE, { private: copy.remote_private_file });
    expect(settled().data).toMatchObject({ private: null, public: before.public });
  });

  it('and is left alone is archived after fourteen days', async () => {
    failStep('Restore Site');
    await restore(press, SITE, filesOf(copy));
    expect(settled().status).toBe('Broken');
    press.sim.clock.advance(13 * 24 * HOUR);
    expect(press.statusOf(SITE)).toBe('Broken');
    press.sim.clock.advance(2 * 24 * HOUR);
    expect(press.statusOf(`${SITE}.archived`)).toBe('Archived');
  });

  it('by a patch does not when failing patches are skipped', async () => {
    failStep('Migrate Site', { patch: true });
    failStep('Migrate Site', { patch: true });
    await restore(press, SITE, filesOf(copy));
    expect(settled()).toMatchObject({ job: 'Failure', status: 'Broken' });
    await restore(press, SITE, filesOf(copy), { skip_failing_patches: true });
    expect(settled()).toMatchObject({ job: 'Success', status: 'Active' });
  });

  it('to be delivered is Active, whatever it was, with its data (observed 5)', async () => {
    await press.rdm(SITE, 'deactivate');
    press.sim.addFault({
      job: { jobType: 'Restore Site' },
      fault: { kind: 'delivery_failure', afterSeconds: 60 },
    });
    const now = siteOf(press, SITE).data;
    await restore(press, SITE, filesOf(copy));
    expect(settled()).toMatchObject({ job: 'Delivery Failure', status: 'Active', data: now });
  });

  it('when its job waits longer than its links live (B 2.4)', async () => {
    press.sim.addFault({
      job: { jobType: 'Restore Site' },
      fault: { kind: 'undelivered', seconds: 4000 },
    });
    await restore(press, SITE, filesOf(copy));
    press.sim.clock.advance(2 * HOUR);
    expect(stepsOf(press, 'Restore Site')['Download Backup Files']).toBe('Failure');
    expect(press.statusOf(SITE)).toBe('Broken');
  });

  it('when public files are not there: they are not asked for before (B 2.1)', async () => {
    const id = await register(press, 'nowhere/files.tar', 1000);
    expect((await restore(press, SITE, { public: id })).status).toBe(200);
    expect(settled()).toMatchObject({ job: 'Failure', status: 'Broken' });
  });
});

describe('a restore is refused', () => {
  it.each([
    ['restore-no-files', () => ({})],
    ['restore-unknown-file', () => ({ database: 'nosuch' })],
  ])('%s', async (file, files) => {
    const { response } = recorded(file);
    const reply = await restore(press, SITE, files());
    expect([reply.status, reply.body.exception]).toEqual([
      response.status,
      response.body.exception,
    ]);
  });

  it('restore-second, and while anything else has the site', async () => {
    await restore(press, SITE, filesOf(copy));
    const { response } = recorded('restore-second');
    const again = await restore(press, SITE, filesOf(copy));
    expect(messageOf(again.body)).toBe(messageOf(response.body));
    expect(press.sim.effects().filter(({ effect }) => effect === 'site.restore')).toHaveLength(1);
  });

  it('restore-file-not-in-bucket', async () => {
    const id = await register(press, 'nowhere/db.sql.gz', 1000);
    const { response } = recorded('restore-file-not-in-bucket');
    const reply = await restore(press, SITE, { database: id });
    expect(reply.status).toBe(response.status);
    expect(reply.body.exception).toBe(
      String(response.body.exception).replace(/File \w+/, `File ${id}`),
    );
    press.sim.setStorageReachable(false);
    expect((await restore(press, SITE, filesOf(copy))).status).toBe(500);
    expect(press.statusOf(SITE)).toBe('Active');
  });

  it('by the document method for files of another team, and without all keys', async () => {
    const other = await press.call(
      'press.api.site.uploaded_backup_info',
      { file: 'x', path: 'x', size: 1 },
      { as: 'other' },
    );
    const ask = (files: object) => press.rdm(SITE, 'restore_site_from_files', { files });
    const id = String(other.body.message);
    const foreign = await ask({ database: id, public: null, private: null });
    expect([foreign.status, messageOf(foreign.body)]).toEqual([
      403,
      `Remote File ${id} does not belong to site's team`,
    ]);
    expect((await ask({ database: null, public: null })).body.exception).toBe(
      "KeyError: 'private'",
    );
    const unknown = await ask({ database: 'nosuch', public: null, private: null });
    expect([unknown.status, unknown.body.exc_type]).toEqual([417, 'LinkValidationError']);
    const list = { doctype: 'Remote File', filters: {} };
    expect((await press.call('press.api.client.get_list', list)).status).toBe(403);
  });

  it('from a physical backup: they are switched off', async () => {
    const { response } = recorded('r2-site-restore-from-physical-backup-unknown');
    const reply = await press.rdm(SITE, 'restore_site_from_physical_backup', { backup: 'nosuch' });
    expect([reply.status, messageOf(reply.body)]).toEqual([
      response.status,
      messageOf(response.body),
    ]);
  });

  it('without a size, when there is nothing else to go by (B 2.1 item 6)', async () => {
    const id = await register(press, 'nowhere/files.tar');
    expect((await restore(press, SITE, { public: id })).body.exc_type).toBe('AssertionError');
  });
});
