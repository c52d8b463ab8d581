import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../simulators/press/index.js';
import { messageOf, MINUTE, type Press, SECOND, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';

const NAME = 'acme-one.frappe.cloud';

async function archived(rules: FaultRule[], args: object = { create_offsite_backup: false }) {
  const press = await startPress();
  await press.activeSite('acme-one');
  for (const rule of rules) press.sim.addFault(rule);
  const reply = await press.rdm(NAME, 'archive', { force: true, ...args });
  expect(reply.status).toBe(200);
  return press;
}

const failStep = (jobType: string, step: string): FaultRule => ({
  job: { jobType },
  fault: { kind: 'fail_step', step },
});

const neverDelivered = (jobType: string): FaultRule => ({
  job: { jobType },
  fault: { kind: 'delivery_failure', afterSeconds: 30 },
});

const getSite = (press: Press) =>
  press.call('press.api.client.get', { doctype: 'Site', name: NAME });

const archiveJob = (press: Press) =>
  press.sim.estate().jobs.find(({ jobType }) => jobType === 'Archive Site');

describe('archive', () => {
  it('answers the document, Pending and without host name; billing stops', async () => {
    await using press = await archived([]);
    const { body } = await getSite(press);
    expect(body.message).toMatchObject({ status: 'Pending', host_name: null });
    expect(press.sim.estate().subscriptions[0]?.enabled).toBe(false);
    const again = await press.rdm(NAME, 'archive', {});
    const theirs = recorded('archive-second-while-pending').response;
    expect([again.status, messageOf(again.body)]).toEqual([theirs.status, messageOf(theirs.body)]);
  });

  it('is gone while its job still runs (observed C9), then renamed for good', async () => {
    await using press = await archived([], { create_offsite_backup: false, reason: 'op-7f21' });
    while (press.statusOf(NAME) !== undefined) press.sim.clock.advance(SECOND);
    expect(archiveJob(press)?.status).toBe('Running');
    expect((await getSite(press)).status).toBe(404);
    press.sim.clock.advance(MINUTE);
    expect(archiveJob(press)?.status).toBe('Success');
    expect(press.statusOf(`${NAME}.archived`)).toBe('Archived');

    const job = archiveJob(press)?.name;
    const read = await press.ask<{ steps: unknown[] }>('press.api.site.job', { job });
    expect(read.steps.slice(0, 2)).toMatchObject([{ status: 'Skipped' }, { status: 'Skipped' }]);
    expect((await press.call('press.api.site.running_jobs', { name: NAME })).status).toBe(403);
    expect((await press.rdm(NAME, 'archive', {})).status).toBe(403);
    const force = { name: NAME, force: true };
    expect((await press.call('press.api.site.archive', force)).status).toBe(403);
    const activity = await press.ask('press.api.client.get_list', {
      doctype: 'Site Activity',
      fields: ['action', 'reason', 'job'],
      filters: { site: `${NAME}.archived`, action: 'Archive' },
    });
    expect(activity).toEqual([{ action: 'Archive', reason: 'op-7f21', job }]);
    const listed = await press.ask('press.api.client.get_list', {
      doctype: 'Site',
      fields: ['name', 'status'],
      filters: { name: ['like', `${NAME}.archived%`], status: 'Archived' },
    });
    expect(listed).toEqual([{ name: `${NAME}.archived`, status: 'Archived' }]);
  });

  it('frees the name, and counts on when it is archived again', async () => {
    await using press = await archived([]);
    press.sim.clock.advance(5 * MINUTE);
    await press.activeSite('acme-one');
    await press.rdm(NAME, 'archive', { create_offsite_backup: false });
    press.sim.clock.advance(5 * MINUTE);
    expect(press.statusOf(`${NAME}.archived.1`)).toBe('Archived');
  });

  it('takes a backup first unless told not to', async () => {
    await using press = await archived([], {});
    press.sim.clock.advance(10 * MINUTE);
    expect(archiveJob(press)?.steps[0]?.status).toBe('Success');
  });

  it('the trap: a failed upload counts as archived, with the job on Failure (B 4.2)', async () => {
    await using press = await archived([failStep('Archive Site', 'Upload Site Backup to S3')], {});
    press.sim.clock.advance(10 * MINUTE);
    expect((await getSite(press)).status).toBe(404);
    expect(archiveJob(press)?.status).toBe('Failure');
  });

  it.each([
    ['the backup fails', [failStep('Archive Site', 'Backup Site')], {}, 'Broken'],
    ['the drop fails', [failStep('Archive Site', 'Archive Site')], undefined, 'Broken'],
    [
      'the proxy fails',
      [failStep('Remove Site from Upstream', 'Remove Site File from Upstream Directory')],
      undefined,
      'Broken',
    ],
    ['the server is not reached', [neverDelivered('Archive Site')], undefined, 'Broken'],
    [
      'nothing is reached',
      [neverDelivered('Archive Site'), neverDelivered('Remove Site from Upstream')],
      undefined,
      'Active',
    ],
  ] as const)('%s', async (_what, rules, args, status) => {
    await using press = await archived([...rules], args);
    press.sim.clock.advance(10 * MINUTE);
    const { body } = await getSite(press);
    expect(body.message).toMatchObject({ status, archive_failed: 1, host_name: null });
  });

  it('stays Pending for good when the agent refuses (observed-2 5)', async () => {
    await using press = await archived([
      { job: { jobType: 'Archive Site' }, fault: { kind: 'agent_refuses' } },
    ]);
    press.sim.clock.advance(60 * MINUTE);
    expect(press.statusOf(NAME)).toBe('Pending');
    expect(archiveJob(press)?.status).toBe('Failure');
  });

  it('one activate and set_host_name bring a failed one back (observed-2 5)', async () => {
    await using press = await archived([failStep('Archive Site', 'Archive Site')]);
    press.sim.clock.advance(5 * MINUTE);
    expect((await press.rdm(NAME, 'activate')).status).toBe(200);
    expect((await press.rdm(NAME, 'set_host_name', { domain: NAME })).status).toBe(200);
    press.sim.clock.advance(5 * MINUTE);
    const { body } = await getSite(press);
    expect(body.message).toMatchObject({ status: 'Active', archive_failed: 1, host_name: NAME });
    expect(press.sim.estate().subscriptions[0]?.enabled).toBe(true);
  });
});
