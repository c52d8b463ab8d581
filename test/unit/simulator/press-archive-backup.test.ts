import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../simulators/press/index.js';
import { backedUpOffsite, backupsOf } from './support/backups.js';
import { MINUTE, SECOND, startPress } from './support/press-client.js';
import { recorded } from './support/recordings.js';

const NAME = 'acme-one.frappe.cloud';
const ARCHIVED = `${NAME}.archived`;
const POLLED_AT_END: FaultRule = {
  job: { jobType: 'Archive Site' },
  fault: { kind: 'polled_at_end' },
};

/** An archive with its final backup, as far as it goes within ten minutes. */
async function archived(...rules: FaultRule[]) {
  const press = await startPress();
  await press.activeSite('acme-one');
  for (const rule of rules) press.sim.addFault(rule);
  await press.rdm(NAME, 'archive', { create_offsite_backup: true });
  press.sim.clock.advance(10 * MINUTE);
  const job = press.sim.estate().jobs.find(({ jobType }) => jobType === 'Archive Site');
  return { ...press, press, job };
}

describe('the final backup of an archive', () => {
  it('has no row when Press looks between the drop and the end of the job (observed C10)', async () => {
    await using press = await archived();
    expect(press.statusOf(ARCHIVED)).toBe('Archived');
    expect(press.job?.status).toBe('Success');
    const theirs = recorded('archived-site-backups').response.body.message;
    expect(await backupsOf(press.press, ARCHIVED)).toEqual(theirs);
  });

  it('has one when Press only looks at the end, and the site can be read by its new name', async () => {
    await using press = await archived(POLLED_AT_END);
    expect(press.statusOf(ARCHIVED)).toBe('Archived');
    const [row] = press.sim.estate().backups;
    expect(row).toMatchObject({
      site: ARCHIVED,
      owner: 'Administrator',
      offsite: true,
      withFiles: true,
      job: press.job?.name,
    });
    expect(await backupsOf(press.press, ARCHIVED)).toHaveLength(1);
    const link = await press.call('press.api.site.get_backup_link', {
      name: ARCHIVED,
      backup: row?.name,
      file: 'private',
    });
    expect(link.status).toBe(200);
  });

  it('has none when the proxy finishes last (B 4.2)', async () => {
    await using press = await archived(POLLED_AT_END, {
      job: { jobType: 'Remove Site from Upstream' },
      fault: { kind: 'undelivered', seconds: 400 },
    });
    expect(press.statusOf(ARCHIVED)).toBe('Archived');
    expect(press.sim.estate().backups).toEqual([]);
  });

  it('has none when its upload failed: archived all the same, and nothing dropped', async () => {
    await using press = await archived({
      job: { jobType: 'Archive Site' },
      fault: { kind: 'fail_step', step: 'Upload Site Backup to S3' },
    });
    expect(press.statusOf(ARCHIVED)).toBe('Archived');
    expect(press.sim.estate().backups).toEqual([]);
  });
});

it('an archive waits for the storage that has older backups (observed-2 5)', async () => {
  await using press = await startPress();
  await press.activeSite('acme-one');
  await backedUpOffsite(press, NAME);
  press.sim.setStorageReachable(false);
  await press.rdm(NAME, 'archive', { create_offsite_backup: false });
  press.sim.clock.advance(10 * MINUTE);
  expect(press.statusOf(NAME)).toBe('Pending');
  const unfinished = press.sim.estate().jobs.filter(({ status }) => status !== 'Success');
  expect(unfinished.map(({ jobType }) => jobType)).toEqual(['Archive Site']);
  press.sim.setStorageReachable(true);
  press.sim.clock.advance(10 * SECOND);
  expect(press.statusOf(ARCHIVED)).toBe('Archived');
});
