import { describe, expect, it } from 'vitest';
import {
  ALL_STATUSES,
  backedUp,
  backedUpOffsite,
  backupsOf,
  HOUR,
  listBackups,
  scheduleBackup,
} from './support/backups.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './support/press-client.js';
import { recorded, recordedSteps, shapeDifferences } from './support/recordings.js';

const SITE = 'acme-one.frappe.cloud';

async function pressWithSite(): Promise<Press> {
  const press = await startPress();
  await press.activeSite('acme-one');
  return press;
}

const STATUS_FIELDS = ['status', 'files_availability'];

/** What the recordings and our lists say of a backup, one after the other. */
async function story(press: Press, args: object): Promise<string[]> {
  await scheduleBackup(press, SITE, args);
  const told: string[] = [];
  for (let waited = 0; waited < 3 * MINUTE; waited += SECOND) {
    const [row] = await listBackups(press, SITE, STATUS_FIELDS, ALL_STATUSES);
    const chapter = String(row?.status);
    if (told.at(-1) !== chapter) told.push(chapter);
    press.sim.clock.advance(SECOND);
  }
  return told;
}

describe('a backup', () => {
  it('answers its document, without its job yet (B 1.2)', async () => {
    await using press = await pressWithSite();
    const { status, body } = await scheduleBackup(press, SITE);
    const theirs = recorded('backup-rdm-schedule').response;
    expect(status).toBe(200);
    expect(shapeDifferences(theirs.body.message, body.message)).toEqual([]);
    expect(body.message).toMatchObject({ status: 'Pending', with_files: 1, offsite: 0 });
    expect((body.docs as { status: string }[])[0]?.status).toBe('Active');
    expect((await press.call('press.api.site.backup', { name: SITE })).status).toBe(417);
  });

  it('goes Pending, Running, Success, as seq-backup-success', async () => {
    await using press = await pressWithSite();
    expect(await story(press, { with_files: true })).toEqual(['Pending', 'Running', 'Success']);
    expect(press.statusOf(SITE)).toBe('Active');
    const steps = recordedSteps('seq-backup-success');
    const last = (label: string) => steps.findLast((step) => step.label === label)?.response.body;
    const lists = await backupsOf(press, SITE);
    expect(shapeDifferences(last('site.backups')?.message, lists)).toEqual([]);
    const read = await press.ask('press.api.client.get', {
      doctype: 'Site Backup',
      name: lists[0]?.name,
    });
    expect(shapeDifferences(last('client.get Site Backup')?.message, read)).toEqual([]);
    const job = press.sim.estate().jobs.find(({ jobType }) => jobType === 'Backup Site');
    expect(job?.steps.map(({ status }) => status)).toEqual(['Success', 'Skipped']);
  });

  it.each([
    ['fails', { kind: 'fail_step', step: 'Backup Site' }],
    ['is refused by the agent', { kind: 'agent_refuses' }],
    ['is never delivered', { kind: 'delivery_failure', afterSeconds: 60 }],
  ] as const)('that %s ends as Failure and blocks nothing', async (_what, fault) => {
    await using press = await pressWithSite();
    press.sim.addFault({ job: { jobType: 'Backup Site' }, fault });
    const told = await story(press, {});
    expect(told.at(-1)).toBe('Failure');
    expect(await backupsOf(press, SITE)).toEqual([]);
    expect((await scheduleBackup(press, SITE)).status).toBe(200);
  });

  it('is listed only when Success unless a status is asked for (B 1.3)', async () => {
    await using press = await pressWithSite();
    await scheduleBackup(press, SITE);
    const fields = ['name', 'status', 'type', 'ready_to_restore'];
    expect(await listBackups(press, SITE, fields)).toEqual([]);
    const [open] = await listBackups(press, SITE, [...fields, 'physical'], ALL_STATUSES);
    expect(open).toMatchObject({ status: 'Pending', type: 'Logical', ready_to_restore: true });
    expect(await backupsOf(press, SITE)).toEqual([]);
    press.sim.clock.advance(5 * MINUTE);
    const [done] = await listBackups(press, SITE, fields);
    const theirs = recorded('client-get-list-site-backup-default').response.body.message;
    expect(shapeDifferences(theirs, [done])).toEqual([]);
    expect(done).toMatchObject({ status: 'Success', ready_to_restore: false });
  });

  it('refuses a second one while the first is open and younger than two hours', async () => {
    await using press = await pressWithSite();
    press.sim.addFault({ job: { jobType: 'Backup Site' }, fault: { kind: 'hang' } });
    await scheduleBackup(press, SITE);
    const again = await scheduleBackup(press, SITE);
    expect(again.status).toBe(417);
    expect(again.body).toMatchObject({
      exc_type: 'SiteTooManyPendingBackups',
      exception: 'press.exceptions.SiteTooManyPendingBackups: Too many pending backups',
    });
    press.sim.clock.advance(2 * HOUR);
    expect((await scheduleBackup(press, SITE)).status).toBe(200);
  });

  it('is not kept from doubling by calls at the same time (observed C7)', async () => {
    await using press = await pressWithSite();
    press.sim.addFault({
      call: { method: 'press.api.client.run_doc_method' },
      fault: { kind: 'duplicate' },
    });
    expect((await scheduleBackup(press, SITE)).status).toBe(200);
    expect(press.sim.estate().backups).toHaveLength(2);
    const created = press.sim.effects().filter(({ effect }) => effect === 'backup.create');
    expect(created).toHaveLength(2);
  });

  it.each([
    ['backup-physical-refused', { physical: true }],
    ['backup-unknown-arg', { nonsense: true }],
  ])('%s', async (file, args) => {
    await using press = await pressWithSite();
    const reply = await scheduleBackup(press, SITE, args);
    const { response } = recorded(file);
    expect(reply.status).toBe(response.status);
    expect(reply.body.exception).toBe(response.body.exception);
    expect(messageOf(reply.body)).toBe(messageOf(response.body));
  });

  it('of a foreign site cannot be seen', async () => {
    await using press = await pressWithSite();
    const reply = await press.call('press.api.site.backups', { name: SITE }, { as: 'other' });
    expect(reply.status).toBe(recorded('backups-foreign').response.status);
  });
});

describe('files of backups', () => {
  it('are gone after a day when on-site, not when offsite (B 1.5)', async () => {
    await using press = await pressWithSite();
    const onsite = await backedUp(press, SITE);
    const offsite = await backedUpOffsite(press, SITE);
    expect(onsite.remote_database_file).toBeNull();
    expect(offsite).toMatchObject({ offsite: 1, with_files: 1 });
    expect(offsite.remote_database_file).toEqual(expect.any(String));
    press.sim.clock.advance(26 * HOUR);
    expect((await backupsOf(press, SITE)).map(({ name }) => name)).toEqual([offsite.name]);
    expect(await listBackups(press, SITE, ['name'], 'Success')).toHaveLength(1);
  });

  it('of the newest thirty offsite backups are kept', async () => {
    await using press = await pressWithSite();
    for (let n = 0; n < 32; n += 1) await backedUpOffsite(press, SITE);
    press.sim.clock.advance(24 * HOUR);
    expect(await backupsOf(press, SITE)).toHaveLength(30);
    const kept = press.sim.estate().objects.length;
    expect(kept).toBe(30 * 4);
  });

  it('are taken by Press itself where the timings say so (B 1.5)', async () => {
    await using press = await startPress({ timings: { backupInterval: 6 * HOUR } });
    await press.activeSite('acme-one');
    press.sim.clock.advance(14 * HOUR);
    const taken = press.sim.estate().backups;
    expect(taken.map(({ owner, offsite }) => [owner, offsite])).toEqual([
      ['Administrator', true],
      ['Administrator', false],
      ['Administrator', false],
    ]);
    press.sim.reset();
    await press.activeSite('acme-two');
    press.sim.clock.advance(HOUR);
    expect(press.sim.estate().backups).toHaveLength(1);
  });
});
