import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from './support/backups.js';
import { messageOf, MINUTE, type Press } from './support/press-client.js';
import { inOurNames, recorded, shapeDifferences } from './support/recordings.js';
import { NEW_BENCH, SITE, standing, update, withUpdate } from './support/updates.js';

let press: Press;

beforeEach(async () => {
  press = await withUpdate();
});

afterEach(() => press.sim.close());

const LATER = '2026-11-21 10:02:00';
/** From the start of the world, 05:30 local time, to a little after the time. */
const UNTIL_LATER = 4 * HOUR + 40 * MINUTE;

const listed = () =>
  press.ask<Record<string, unknown>[]>('press.api.client.get_list', {
    doctype: 'Site Update',
    fields: ['name', 'status', 'scheduled_time', 'update_job', 'skipped_backups'],
    filters: { site: SITE },
  });

const later = async (args: object = {}): Promise<string> => {
  const { status, body } = await update(press, { scheduled_time: LATER, ...args });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return String(body.message);
};

const message = async (method: string, args: object) => {
  const { status, body } = await press.rdm(SITE, method, args);
  return [status, messageOf(body)];
};

const theirs = (file: string) => {
  const { status, body } = recorded(file).response;
  return [
    status,
    inOurNames(messageOf(body))
      .replace('opsm-upd.', 'acme-one.')
      .replace(/2026-12-31.*/, LATER),
  ];
};

describe('a scheduled update', () => {
  it('waits for its time and begins at the next round (C 2.1)', async () => {
    const { body } = await update(press, { scheduled_time: LATER });
    const [ours] = body.docs as Record<string, unknown>[];
    const [theirDocument] = recorded('schedule-update-later').response.body.docs as unknown[];
    expect(ours?.has_scheduled_updates).toBe(true);
    const differences = shapeDifferences(theirDocument, ours);
    expect(differences.filter((text) => !text.startsWith('$.actions'))).toEqual([]);
    expect(await listed()).toMatchObject([
      { status: 'Scheduled', scheduled_time: LATER, update_job: null },
    ]);
    expect(press.statusOf(SITE)).toBe('Active');
    press.sim.clock.advance(4 * HOUR);
    expect(standing(press).update).toBe('Scheduled');
    press.sim.clock.advance(HOUR);
    expect(standing(press)).toMatchObject({ update: 'Success', bench: NEW_BENCH });
    const activity = await press.ask<{ job: string | null }[]>('press.api.client.get_list', {
      doctype: 'Site Activity',
      fields: ['job'],
      filters: { site: SITE, action: 'Update' },
    });
    expect(activity).toEqual([{ job: press.sim.estate().updates[0]?.updateJob }]);
  });

  it('keeps another one and an archive away', async () => {
    await later();
    expect(await message('schedule_update', {})).toEqual(theirs('schedule-update-second'));
    expect(await message('archive', {})).toEqual(theirs('archive-with-scheduled-update'));
    expect((await press.rdm(SITE, 'schedule_backup')).status).toBe(200);
    expect((await press.rdm(SITE, 'migrate')).status).toBe(200);
  });

  it('can be moved, which resets what is not sent (C 2.3)', async () => {
    const name = await later({ skip_backups: true });
    expect((await listed())[0]).toMatchObject({ skipped_backups: 1 });
    const edited = await press.rdm(SITE, 'edit_scheduled_update', {
      name,
      scheduled_time: '2026-11-21 12:00:00',
    });
    expect(edited.body.message).toBe(name);
    expect((await listed())[0]).toMatchObject({
      scheduled_time: '2026-11-21 12:00:00',
      skipped_backups: 0,
    });
    press.sim.clock.advance(UNTIL_LATER);
    expect(standing(press).update).toBe('Scheduled');
    press.sim.clock.advance(3 * HOUR);
    expect(standing(press).update).toBe('Success');
  });

  it('whose time is taken away is never begun, but by hand', async () => {
    const name = await later();
    await press.rdm(SITE, 'edit_scheduled_update', { name });
    press.sim.clock.advance(24 * HOUR);
    expect(standing(press).update).toBe('Scheduled');
    const started = await press.call('press.api.client.run_doc_method', {
      dt: 'Site Update',
      dn: name,
      method: 'start',
    });
    expect(started.status).toBe(200);
    press.sim.clock.advance(15 * MINUTE);
    expect(standing(press).update).toBe('Success');
  });

  it('is cancelled once: cancel-scheduled-update-again', async () => {
    const name = await later();
    const cancel = () => message('cancel_scheduled_update', { site_update: name });
    expect(await cancel()).toEqual([200, '']);
    expect(await cancel()).toEqual(theirs('cancel-scheduled-update-again'));
    press.sim.clock.advance(UNTIL_LATER);
    expect(standing(press)).toMatchObject({ update: 'Cancelled', status: 'Active' });
  });

  it('waits while the site is busy', async () => {
    await later();
    press.sim.clock.advance(4 * HOUR);
    press.sim.addFault({ job: { jobType: 'Migrate Site' }, fault: { kind: 'slow', factor: 100 } });
    await press.rdm(SITE, 'migrate');
    press.sim.clock.advance(HOUR);
    expect(standing(press)).toMatchObject({ update: 'Scheduled', status: 'Updating' });
    press.sim.clock.advance(4 * HOUR);
    expect(standing(press).update).toBe('Success');
  });

  it('is Cancelled when there is nothing to go to any more, and a person is told', async () => {
    const own = await press.activeSite('acme-own', { group: 'bench-0004', apps: ['frappe'] });
    const [newer] = press.sim.releaseUpdate('bench-0004');
    const { body } = await press.rdm(own, 'schedule_update', { scheduled_time: LATER });
    const archived = await press.call('press.api.client.run_doc_method', {
      dt: 'Bench',
      dn: newer,
      method: 'archive',
    });
    expect(archived.status).toBe(200);
    press.sim.clock.advance(UNTIL_LATER);
    expect(standing(press).update).toBe('Cancelled');
    const told = await press.ask<object[]>('press.api.client.get_list', {
      doctype: 'Press Notification',
      fields: ['document_name', 'traceback'],
      filters: { document_type: 'Site Update' },
    });
    expect(told).toEqual([
      { document_name: body.message, traceback: 'Could not find suitable Destination Bench' },
    ]);
  });

  it('in the past begins at the next round', async () => {
    await update(press, { scheduled_time: '2020-01-01 00:00:00' });
    expect(standing(press).update).toBe('Scheduled');
    press.sim.clock.advance(15 * MINUTE);
    expect(standing(press).update).toBe('Success');
  });
});
