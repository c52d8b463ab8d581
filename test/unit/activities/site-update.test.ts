import { describe, expect, it } from 'vitest';
import { readStanding } from '../../../src/activities/upgrade/standing.js';
import { readSiteUpdate } from '../../../src/activities/upgrade/update-tracker.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import { createPressClock } from '../../../src/frappe-cloud/clock.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const SITE = 'acme.frappe.cloud';
const TRACKER = { kind: 'site-update', site: SITE, update: 'up1' } as const;
const BEFORE = {
  status: 'Active',
  version: 'Version 15',
  group: 'bench-0001',
  bench: 'bench-0001-000001-f1',
} as const;
const NEW_BENCH = 'bench-0003-000001-f1';

const UPDATE = {
  name: 'up1',
  site: SITE,
  status: 'Fatal',
  creation: '2026-11-20 10:00:00.000000',
  owner: 'ops@example.com',
  source_bench: BEFORE.bench,
  destination_bench: NEW_BENCH,
  deploy_type: 'Migrate',
  backup_type: 'Logical',
  update_job: 'job-up',
  recover_job: 'job-back',
  activate_site_job: null,
  deactivate_site_job: null,
  scheduled_time: null,
  skipped_backups: 0,
  skipped_failing_patches: 0,
  update_start: null,
  update_end: null,
};

const SITE_DOCUMENT = {
  name: SITE,
  status: 'Broken',
  owner: 'ops@example.com',
  creation: '2026-01-01 10:00:00.000000',
  team: 'main',
  group: 'bench-0003',
  bench: NEW_BENCH,
  server: 'f1.frappe.cloud',
  plan: 'USD 25',
  host_name: SITE,
  creation_failed: null,
  archive_failed: 0,
  fatal_site_update: 'up1',
  version: 'Version 16',
  group_team: 'frappe',
  group_public: 1,
};

interface World {
  readonly update?: Partial<Record<keyof typeof UPDATE, unknown>> | null;
  readonly site?: Partial<Record<keyof typeof SITE_DOCUMENT, unknown>>;
  readonly jobs?: readonly object[];
  readonly actions?: readonly object[];
  readonly steps?: readonly object[];
  readonly jobStatus?: string;
}

/** Press as these documents. */
async function press({ update, site, jobs = [], actions = [], ...job }: World): Promise<Account> {
  const steps = job.steps ?? [{ step_name: 'Move Site', status: 'Success', output: null }];
  const document = {
    name: 'job-up',
    job_type: 'Update Site Migrate',
    status: 'Failure',
    creation: UPDATE.creation,
    start: null,
    end: null,
    steps,
  };
  const lists: Readonly<Record<string, readonly object[]>> = {
    'Site Update': update === null ? [] : [{ ...UPDATE, ...update }],
    'Agent Job': jobs,
    'Site Action': actions,
    'Press Notification': [],
  };
  const { press: transport } = await pressThat((method, params) => {
    if (method === 'press.api.client.get')
      return { body: { message: { ...SITE_DOCUMENT, ...site } } };
    if (method === 'press.api.site.job') return { body: { message: document } };
    if (method === 'press.api.site.get_job_status') {
      return { body: { message: { status: job.jobStatus ?? 'Failure' } } };
    }
    return { body: { message: lists[String(params['doctype'])] } };
  });
  return { press: transport, clock: createPressClock(330) } as Account;
}

describe('one look at a Site Update', () => {
  it.each([
    ['Success', { recover_job: null }, 'success'],
    ['Recovered', {}, 'recovered'],
    ['Cancelled', { update_job: null, recover_job: null }, 'cancelled'],
    ['Fatal', {}, 'fatal'],
    ['Fatal', { update_job: null, recover_job: null }, 'delivery_failure'],
  ])('%s %j is %s', async (status, change, outcome) => {
    const account = await press({ update: { status, ...change } });
    const reading = await readSiteUpdate(account, TRACKER);
    expect(reading).toMatchObject({ state: 'settled', outcome });
  });

  it('Fatal whose job was never delivered has touched nothing', async () => {
    const account = await press({ update: { recover_job: null }, jobStatus: 'Delivery Failure' });
    expect(await readSiteUpdate(account, TRACKER)).toMatchObject({ outcome: 'delivery_failure' });
  });

  it.each(['Scheduled', 'Pending', 'Running', 'Failure', 'Recovering'])(
    '%s is on its way',
    async (status) => {
      const steps = [
        { step_name: 'Move Site', status: 'Success', output: null },
        { step_name: 'Restore Touched Tables', status: 'Running', output: null },
      ];
      const account = await press({ update: { status }, steps });
      expect(await readSiteUpdate(account, TRACKER)).toEqual({
        state: 'moving',
        evidence: { status, job: 'job-up' },
        step: { index: 2, of: 2, name: 'Restore Touched Tables (going back)' },
      });
    },
  );

  it('that is gone is for a person', async () => {
    await expect(readSiteUpdate(await press({ update: null }), TRACKER)).rejects.toThrow(
      'the update up1 of acme.frappe.cloud cannot be read',
    );
  });
});

describe('where a fatal update leaves a site', () => {
  const stand = async (world: World) =>
    readStanding(
      await press(world),
      { account: 'main', site: SITE, update: 'up1', before: BEFORE },
      1,
    );

  it('on the new bench', async () => {
    expect(await stand({})).toMatchObject({
      where: 'destination',
      sound: false,
      says: `it is Broken on ${NEW_BENCH}, Version 16, marked by a fatal update`,
      evidence: { status: 'Broken', group: 'bench-0003', job: 'job-back' },
    });
  });

  it('on the bench it came from; mended by Press itself it is sound', async () => {
    const home = { bench: BEFORE.bench, group: BEFORE.group };
    expect(await stand({ site: home })).toMatchObject({ where: 'source', sound: false });
    const mended = { ...home, status: 'Active', fatal_site_update: null };
    expect(await stand({ site: mended })).toMatchObject({ where: 'source', sound: true });
  });

  it.each([
    ['on another bench', { site: { bench: 'bench-0009-000001-f1' } }],
    ['at work', { site: { status: 'Updating' } }],
    [
      'swept by Press, which writes over all steps',
      {
        steps: [
          { step_name: 'Enable Maintenance Mode', status: 'Failure', output: null },
          { step_name: 'Move Site', status: 'Failure', output: null },
        ],
      },
    ],
  ])('nobody knows where: %s', async (_, world) => {
    expect(await stand(world)).toMatchObject({ where: 'unknown' });
  });

  it('tells of moves that wait', async () => {
    const move = {
      name: 'a1',
      action_type: 'Move Site To Different Server / Bench',
      status: 'Scheduled',
      scheduled_time: null,
      owner: 'somebody@example.com',
      creation: UPDATE.creation,
    };
    expect((await stand({ actions: [move] })).moves).toEqual([
      'Move Site To Different Server / Bench (Scheduled)',
    ]);
  });

  it('waits for what Press still does itself', async () => {
    const job = (creation: string) => ({
      name: 'job-tables',
      job_type: 'Restore Site Tables',
      status: 'Running',
      creation,
      start: null,
      end: null,
      bench: BEFORE.bench,
    });
    await expect(stand({ jobs: [job('2026-11-20 10:20:00.000000')] })).rejects.toThrow(
      'Press still runs "Restore Site Tables"',
    );
    expect(await stand({ jobs: [job('2026-11-19 10:20:00.000000')] })).toMatchObject({
      where: 'destination',
    });
  });
});
