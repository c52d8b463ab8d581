import { describe, expect, it } from 'vitest';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import { lookAtMove } from '../../../src/activities/move/look-at-move.js';
import { createPressClock } from '../../../src/frappe-cloud/clock.js';
import type { Account } from '../../../src/frappe-cloud/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const SITE = 'acme.frappe.cloud';
const BEFORE = { group: 'bench-0001', server: 'f1.frappe.cloud', cluster: 'Mumbai' };
const ARGS = {
  account: 'main',
  site: SITE,
  before: BEFORE,
  after: { group: null, server: null, cluster: 'Frankfurt' },
  action: 'ours',
};

const at = (time: string): string => `2026-11-20 ${time}:00.000000`;
const OURS = {
  name: 'ours',
  action_type: 'Move Site To Different Region',
  status: 'Failure',
  scheduled_time: null,
  owner: 'ops@example.com',
  creation: at('10:00'),
};
/** Planned in the dashboard after ours had failed, and thought better of. */
const THEIRS = { ...OURS, name: 'theirs', status: 'Cancelled', creation: at('12:00') };

const DOCUMENT = {
  ...BEFORE,
  name: SITE,
  status: 'Inactive',
  owner: 'ops@example.com',
  creation: at('01:00'),
  team: 'main',
  bench: 'bench-0001-000001-f1',
  plan: 'USD 25',
  host_name: SITE,
  creation_failed: null,
  archive_failed: 0,
  fatal_site_update: null,
  version: 'Version 15',
  group_team: 'main',
  group_public: 0,
};

/** A job that takes the site off a server: when, and whether its step that does has succeeded. */
interface Archive {
  readonly time: string;
  readonly status: string;
  readonly step: string;
}
const TOOK_IT_OFF: Archive = { time: '11:00', status: 'Failure', step: 'Success' };
const DID_NOT: Archive = { time: '11:00', status: 'Failure', step: 'Failure' };

const jobOf = ({ time, status }: Archive, index: number) => ({
  name: String(index),
  job_type: 'Archive Site',
  status,
  creation: at(time),
  start: null,
  end: null,
  bench: null,
});

async function look(actions: readonly object[], archives: readonly Archive[]) {
  const lists: Readonly<Record<string, readonly object[]>> = {
    Site: [DOCUMENT],
    'Site Action': actions,
    'Agent Job': archives.map(jobOf),
  };
  const { press } = await pressThat((method, { doctype, job }) => {
    if (method === 'press.api.client.get') return { body: { message: DOCUMENT } };
    if (method === 'press.api.client.get_list') {
      return { body: { message: lists[String(doctype)] } };
    }
    const archive = archives[Number(job)] ?? DID_NOT;
    const steps = [{ step_name: 'Archive Site', status: archive.step }];
    return { body: { message: { ...jobOf(archive, 0), steps } } };
  });
  const account = { press, clock: createPressClock(330) } as Account;
  const deps = { accounts: { get: () => account } } as unknown as ActivityDeps;
  return lookAtMove(deps, ARGS, {});
}

describe('where a move that has failed has left a site', () => {
  it.each<[string, readonly object[], readonly Archive[]]>([
    ['it was taken off', [OURS], [TOOK_IT_OFF]],
    ['somebody has planned another move since', [THEIRS, OURS], [TOOK_IT_OFF]],
    ['that was tried again, and failed', [OURS], [{ ...DID_NOT, time: '11:30' }, TOOK_IT_OFF]],
    ['it may still come', [OURS], [{ ...DID_NOT, status: 'Running', step: 'Pending' }]],
    ['our move is not listed: every job counts', [THEIRS], [TOOK_IT_OFF]],
  ])('is never called a site that is only off: %s', async (_, actions, archives) => {
    expect(await look(actions, archives)).toMatchObject({
      where: 'source',
      isDropped: true,
      isOff: false,
      sound: false,
    });
  });

  it.each<[string, readonly Archive[]]>([
    ['no job has come to it', []],
    ['its job has failed before that', [DID_NOT]],
    ['an earlier move has', [{ ...TOOK_IT_OFF, time: '09:00' }]],
  ])('is a site that is only off: %s', async (_, archives) => {
    expect(await look([THEIRS, OURS], archives)).toMatchObject({ isDropped: false, isOff: true });
  });
});
