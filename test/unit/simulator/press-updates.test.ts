import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backedUpOffsite,
  type BackupLine,
  filesOf,
  restore,
  siteOf,
  stepsOf,
} from './support/backups.js';
import { messageOf, MINUTE, type Press } from './support/press-client.js';
import { recorded, recordedSteps, shapeDifferences } from './support/recordings.js';
import {
  failStep,
  NEW_BENCH,
  OLD_BENCH,
  SITE,
  standing,
  story,
  update,
  withUpdate,
} from './support/updates.js';

const U = 'Update Site Migrate';
const R = 'Recover Failed Site Migrate';
const BACK_ON = 'Recover Failed Site Update';
let press: Press;

beforeEach(async () => {
  press = await withUpdate();
});

afterEach(() => press.sim.close());

const settled = () => {
  press.sim.clock.advance(15 * MINUTE);
  return standing(press);
};

describe('an update', () => {
  it('goes Pending, Running, Success: seq-site-update-success', async () => {
    const reply = await press.call('press.api.site.update', { name: SITE });
    expect(reply.body.message).toBe(press.sim.estate().updates[0]?.name);
    expect(story(press)).toEqual(['Pending, Pending', 'Running, Updating', 'Success, Active']);
    expect(standing(press).bench).toBe(NEW_BENCH);
    expect(siteOf(press, SITE).maintenance).toBe(false);
    const read = await press.ask('press.api.client.get', {
      doctype: 'Site Update',
      name: reply.body.message,
    });
    const theirs = recorded('client-get-site-update').response.body.message;
    expect(shapeDifferences(theirs, read)).toEqual([]);
    const steps = (read as { steps: { title: string }[] }).steps.map(({ title }) => title);
    expect(steps).toEqual((theirs as { steps: { title: string }[] }).steps.map((s) => s.title));
    const again = await press.call('press.api.site.update', { name: SITE });
    expect(messageOf(again.body)).toBe('Could not find suitable Destination Bench');
  });

  it('is announced by the lists, the document and check_for_updates', async () => {
    const available = await press.ask('press.api.site.check_for_updates', { name: SITE });
    const theirs = recorded('check-for-updates-available').response.body.message;
    expect(shapeDifferences(theirs, available)).toEqual([]);
    const list = { doctype: 'Site', fields: ['status'], filters: { name: SITE } };
    expect(await press.ask('press.api.client.get_list', list)).toMatchObject([
      { status: 'Update Available' },
    ]);
    await update(press);
    settled();
    expect(await press.ask('press.api.site.check_for_updates', { name: SITE })).toEqual(
      recorded('check-for-updates').response.body.message,
    );
    expect(await press.ask('press.api.client.get_list', list)).toMatchObject([
      { status: 'Active' },
    ]);
  });

  it('that fails after the move is recovered: seq-site-update-recovered', async () => {
    failStep(press, U, 'Migrate Site');
    await update(press);
    expect(story(press)).toEqual([
      'Pending, Pending',
      'Running, Updating',
      'Recovering, Recovering',
      'Recovered, Active',
    ]);
    expect(standing(press).bench).toBe(OLD_BENCH);
    expect(siteOf(press, SITE).maintenance).toBe(false);
    const failed = await press.ask('press.api.site.last_migrate_failed', { name: SITE });
    expect(failed).toBe(true);
    expect((await update(press)).status).toBe(200);
    expect(settled()).toMatchObject({ update: 'Success', bench: NEW_BENCH });
  });

  it('stands on the new bench while it is recovering (D 2.1)', async () => {
    failStep(press, U, 'Migrate Site');
    await update(press);
    while (standing(press).status !== 'Recovering') press.sim.clock.advance(1000);
    expect(standing(press).bench).toBe(NEW_BENCH);
    const job = press.sim.estate().jobs.find(({ jobType }) => jobType === R);
    expect(job?.bench).toBe(NEW_BENCH);
  });

  it('that is never delivered is Fatal, and nothing has happened (D 2.2)', async () => {
    press.sim.addFault({
      job: { jobType: U },
      fault: { kind: 'delivery_failure', afterSeconds: 30 },
    });
    await update(press);
    expect(settled()).toEqual({
      update: 'Fatal',
      status: 'Active',
      bench: OLD_BENCH,
      isFatal: false,
    });
  });

  it('of an Inactive site leaves it Inactive, or is recovered at once', async () => {
    await press.rdm(SITE, 'deactivate');
    press.sim.clock.advance(MINUTE);
    failStep(press, U, 'Wait for Enqueued Jobs');
    await update(press);
    expect(settled()).toMatchObject({ update: 'Recovered', status: 'Inactive', bench: OLD_BENCH });
    await update(press);
    expect(settled()).toMatchObject({ update: 'Success', status: 'Inactive', bench: NEW_BENCH });
    expect(siteOf(press, SITE).maintenance).toBe(true);
  });

  it('sent twice is refused while it is open', async () => {
    await update(press);
    const { response } = recorded('site-update-second-while-pending');
    const again = await update(press);
    expect([again.status, messageOf(again.body)]).toEqual([
      response.status,
      messageOf(response.body),
    ]);
    expect(press.sim.effects().filter(({ effect }) => effect === 'update.create')).toHaveLength(1);
  });
});

/** The table of observed-2 section 3. */
const FATAL = [
  ['f1', U, 'Migrate Site', R, 'Move Site', false, NEW_BENCH, true],
  ['f2', U, 'Migrate Site', R, 'Restore Touched Tables', false, OLD_BENCH, true],
  ['f3', U, 'Migrate Site', null, '', true, NEW_BENCH, false],
  ['f4', U, 'Enable Maintenance Mode', null, '', true, OLD_BENCH, false],
  ['f5', U, 'Enable Maintenance Mode', BACK_ON, 0, false, OLD_BENCH, true],
] as const;

describe('a fatal update', () => {
  let copy: BackupLine;

  it.each(FATAL)('%s, and a restore afterwards', async (name, ...row) => {
    const [jobType, step, recovery, recoveryStep, skipBackups, bench, isFatal] = row;
    copy = await backedUpOffsite(press, SITE);
    failStep(press, jobType, step);
    if (recovery !== null) failStep(press, recovery, recoveryStep);
    await update(press, { skip_backups: skipBackups });
    expect(settled()).toEqual({ update: 'Fatal', status: 'Broken', bench, isFatal });
    if (name === 'f3') expect(stepsOf(press, U)['Backup Site Tables']).toBe('Skipped');

    expect((await restore(press, SITE, filesOf(copy))).status).toBe(200);
    expect(settled()).toEqual({ update: 'Fatal', status: 'Active', bench, isFatal: false });
    const next = await update(press);
    expect(next.status).toBe(bench === OLD_BENCH ? 200 : 417);
  });

  it('shows Failure until its recovery reports, when the site had not moved (D 2.2)', async () => {
    failStep(press, U, 'Wait for Enqueued Jobs');
    press.sim.addFault({
      job: { jobType: BACK_ON },
      fault: { kind: 'undelivered', seconds: 300 },
    });
    await update(press);
    expect(story(press)).toEqual([
      'Pending, Pending',
      'Running, Updating',
      'Failure, Broken',
      'Recovered, Active',
    ]);
  });

  it('refuses further work, and is not cured by activate', async () => {
    failStep(press, U, 'Migrate Site');
    failStep(press, R, 'Move Site');
    await update(press);
    expect(settled()).toMatchObject({ isFatal: true });
    const { response } = recorded('fatal-site-migrate');
    for (const method of ['migrate', 'schedule_update']) {
      expect(messageOf((await press.rdm(SITE, method)).body)).toBe(messageOf(response.body));
    }
    expect((await press.rdm(SITE, 'activate')).status).toBe(200);
    expect(press.statusOf(SITE)).toBe('Broken');
    const read = await press.ask<Record<string, unknown>>('press.api.client.get', {
      doctype: 'Site',
      name: SITE,
    });
    expect(read.fatal_site_update).toBe(press.sim.estate().updates[0]?.name);
    const upgraded = await press.call('press.api.site.version_upgrade', {
      name: SITE,
      destination_group: null,
    });
    expect(messageOf(upgraded.body)).toMatch(/^Site has an fatal update\./);
    const document = await press.ask('press.api.client.get', {
      doctype: 'Site Update',
      name: read.fatal_site_update,
    });
    const theirs = recorded('client-get-site-update-fatal').response.body.message;
    const stages = (doc: unknown) =>
      (doc as { steps: Record<string, string>[] }).steps.map((s) => [s.title, s.status, s.stage]);
    expect(stages(document)).toEqual(stages(theirs));
    expect((await press.rdm(SITE, 'deactivate')).status).toBe(200);
  });

  it('leaves maintenance mode on, also after a restore without configuration (D 2.3)', async () => {
    copy = await backedUpOffsite(press, SITE);
    failStep(press, U, 'Migrate Site');
    failStep(press, R, 'Move Site');
    await update(press);
    settled();
    await restore(press, SITE, filesOf(copy));
    settled();
    expect(siteOf(press, SITE)).toMatchObject({ status: 'Active', maintenance: true });
    await restore(press, SITE, { ...filesOf(copy), config: copy.remote_config_file });
    settled();
    expect(siteOf(press, SITE)).toMatchObject({ status: 'Active', maintenance: false });
  });

  it.each(['r2-seq-fatal-update-f1', 'r2-seq-fatal-update-f5'])('steps as in %s', async (file) => {
    const jobs = recordedSteps(file).filter(({ label }) => label?.startsWith('site.job up'));
    const theirs = jobs[0]?.response.body.message as { steps: Record<string, string>[] };
    const failing = theirs.steps.find(({ status }) => status === 'Failure')?.step_name ?? '';
    failStep(press, U, failing);
    await update(press);
    settled();
    const expected = theirs.steps.map((step) => [step.step_name, step.status]);
    expect(stepsOf(press, U)).toEqual(Object.fromEntries(expected));
  });
});
