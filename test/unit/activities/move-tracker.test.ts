import { describe, expect, it } from 'vitest';
import { readMove } from '../../../src/activities/move/move-tracker.js';
import { createPressClock } from '../../../src/frappe-cloud/clock.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const SITE = 'acme.frappe.cloud';
const TRACKER = { kind: 'site-move', site: SITE, action: 'move-1' } as const;

const ACTION = {
  name: 'move-1',
  action_type: 'Move Site To Different Server / Bench',
  status: 'Running',
  scheduled_time: null,
  owner: 'ops@example.com',
  creation: '2026-11-20 10:00:00.000000',
};
const UPDATE = {
  name: 'up1',
  site: SITE,
  status: 'Running',
  creation: '2026-11-20 10:01:00.000000',
  owner: 'Administrator',
  source_bench: 'bench-0001-000001-f1',
  destination_bench: 'bench-0004-000001-f1',
  deploy_type: 'Migrate',
  backup_type: 'Logical',
  update_job: null,
  recover_job: null,
  activate_site_job: null,
  deactivate_site_job: null,
  scheduled_time: null,
  skipped_backups: 0,
  skipped_failing_patches: 0,
  update_start: null,
  update_end: null,
};
const DOCUMENT = {
  name: SITE,
  status: 'Active',
  owner: 'ops@example.com',
  creation: '2026-01-01 10:00:00.000000',
  team: 'main',
  group: 'bench-0004',
  bench: 'bench-0004-000001-f1',
  server: 'f1.frappe.cloud',
  plan: 'USD 25',
  host_name: SITE,
  creation_failed: null,
  archive_failed: 0,
  fatal_site_update: null,
  version: 'Version 15',
  group_team: 'main',
  group_public: 0,
};

interface World {
  /** Status of the Site Action; null: there is none. */
  readonly action: string | null;
  readonly update?: string;
  readonly site?: string;
  readonly migration?: string;
}

/** Press as these documents. */
async function press({ action, update, site, migration }: World): Promise<Account> {
  const lists: Readonly<Record<string, readonly object[]>> = {
    'Site Action': action === null ? [] : [{ ...ACTION, status: action }],
    'Site Update': update === undefined ? [] : [{ ...UPDATE, status: update }],
  };
  const shown = { status: migration, scheduled_time: null, job_id: null };
  const standing = {
    version_upgrade: null,
    site_migration: migration === undefined ? null : shown,
  };
  const { press: transport } = await pressThat((method, params) => {
    if (method === 'press.api.site.get') return { body: { message: standing } };
    if (method === 'press.api.client.get') {
      return { body: { message: { ...DOCUMENT, status: site ?? 'Active' } } };
    }
    return { body: { message: lists[String(params['doctype'])] } };
  });
  return { press: transport, clock: createPressClock(330) } as Account;
}

const look = async (world: World) => readMove(await press(world), TRACKER);

describe('one look at a move', () => {
  it.each([
    [{ action: 'Success' }, 'success'],
    [{ action: 'Success', update: 'Success' }, 'success'],
    [{ action: 'Success', migration: 'Success' }, 'success'],
    [{ action: 'Cancelled' }, 'cancelled'],
    [{ action: 'Failure' }, 'failure'],
    [{ action: 'Failure', update: 'Recovered' }, 'recovered'],
    [{ action: 'Failure', update: 'Cancelled' }, 'cancelled'],
    [{ action: 'Failure', update: 'Success' }, 'failure'],
    // It has no job: it never ran.
    [{ action: 'Failure', update: 'Fatal' }, 'delivery_failure'],
  ])('%j is %s', async (world, outcome) => {
    expect(await look(world)).toMatchObject({ state: 'settled', outcome });
  });

  it.each([
    ['while it waits', { action: 'Scheduled' }],
    ['while its update runs', { action: 'Running', update: 'Running' }],
    ['while its update goes back (C 2.8)', { action: 'Failure', update: 'Failure' }],
    ['before the plan has changed (observed-2 6.5)', { action: 'Success', migration: 'Running' }],
    ['while the migration tidies up', { action: 'Failure', migration: 'Running' }],
  ])('is on its way %s', async (_, world) => {
    const reading = await look(world);
    expect(reading).toMatchObject({ state: 'moving' });
    expect(reading).not.toHaveProperty('stuck');
  });

  it.each([
    ['somebody has cancelled its update', { action: 'Running', update: 'Cancelled' }],
    ['the site is left Pending', { action: 'Failure', site: 'Pending' }],
  ])('will not go on when %s', async (_, world) => {
    expect(await look(world)).toMatchObject({
      state: 'moving',
      stuck: expect.any(String) as string,
    });
  });

  it('that cannot be read is for a person', async () => {
    await expect(look({ action: null })).rejects.toMatchObject({ name: 'OutcomeUnknown' });
  });
});
