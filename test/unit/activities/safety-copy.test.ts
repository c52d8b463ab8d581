import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { isOrphan, readBackup } from '../../../src/activities/safety-copy/backup-tracker.js';
import { bytesOf, doubtOf } from '../../../src/activities/safety-copy/backups.js';
import { mayPass } from '../../../src/activities/safety-copy/download.js';
import { encryptionKeyOf } from '../../../src/activities/safety-copy/encryption-key.js';
import { safetyCopySteps, type SafetyCopy } from '../../../src/domain/safety-copy.js';
import { createPressClock } from '../../../src/frappe-cloud/clock.js';
import type { PressErrorCode } from '../../../src/frappe-cloud/index.js';
import { type Account, type Backup, PressError } from '../../../src/frappe-cloud/index.js';
import { SourceEnded, VaultUnavailable } from '../../../src/vault/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';

const SITE = 'shop.frappe.cloud';
const clock = createPressClock(0);

/** A row as Press lists it; its job is in the state that a test wants. */
const rowOf = (change: object) => ({
  name: 'backup-1',
  site: SITE,
  status: 'Running',
  owner: 'ops@main.example',
  creation: '2026-11-20 10:00:00.000000',
  job: 'job-1',
  with_files: 1,
  offsite: 0,
  physical: 0,
  database_snapshot: null,
  files_availability: '',
  ready_to_restore: false,
  ...change,
});

const look = async (
  rows: readonly object[],
  job: string,
  purpose: 'copy' | 'wait' = 'copy',
  now = 0,
) => {
  const { press } = await pressThat((method, { doctype }) => {
    if (method === 'press.api.site.get_job_status') return { body: { message: { status: job } } };
    if (method === 'press.api.site.job') {
      const steps = [{ step_name: 'Backup Site', status: 'Failure', output: 'no space left' }];
      const times = { creation: '2026-11-20 10:00:00.000000', start: null, end: null };
      const message = { name: 'job-1', job_type: 'Backup Site', status: job, ...times, steps };
      return { body: { message } };
    }
    return { body: { message: doctype === 'Site Backup' ? rows : [] } };
  });
  const tracker = { kind: 'site-backup', site: SITE, backup: 'backup-1', purpose } as const;
  const account = { press, clock: { ...clock, now: () => now } } as Account;
  return readBackup(account, tracker);
};

describe('a look at a backup', () => {
  it('sees it run', async () => {
    const reading = await look([rowOf({})], 'Running');
    expect(reading).toMatchObject({ state: 'moving', evidence: { status: 'Running' } });
    expect(reading).not.toHaveProperty('stuck');
  });

  it('notices that Press has missed its end', async () => {
    expect(await look([rowOf({})], 'Success')).toMatchObject({
      state: 'moving',
      stuck: expect.stringContaining('Press has not noticed') as string,
    });
  });

  it('ends well', async () => {
    const done = rowOf({ status: 'Success', files_availability: 'Available' });
    expect(await look([done], 'Success')).toMatchObject({ state: 'settled', outcome: 'success' });
  });

  it('tells a failure from a server that was never reached', async () => {
    const failed = [rowOf({ status: 'Failure' })];
    expect(await look(failed, 'Failure')).toMatchObject({
      outcome: 'failure',
      evidence: { step: 'Backup Site', output: 'no space left' },
    });
    expect(await look(failed, 'Delivery Failure')).toMatchObject({ outcome: 'delivery_failure' });
  });

  it('does not wait for ever for one that only stands in the way', async () => {
    const begun = Date.parse('2026-11-20T10:00:00Z');
    const after = (minutes: number) =>
      look([rowOf({})], 'Success', 'wait', begun + minutes * 60_000);
    expect(await after(119)).toMatchObject({ state: 'moving' });
    expect(await after(120)).toMatchObject({ state: 'settled', outcome: 'success' });
  });

  it('says when it is not there any more', async () => {
    expect(await look([], 'Success')).toMatchObject({
      outcome: 'failure',
      evidence: { status: 'gone' },
    });
  });
});

it.each([
  ['Running', 'Success', true],
  ['Pending', 'Delivery Failure', true],
  ['Running', 'Running', false],
  ['Pending', null, false],
  ['Success', 'Success', false],
] as const)('a backup that is %s with its job %s is an orphan: %s', (status, job, orphan) => {
  expect(isOrphan({ status }, job)).toBe(orphan);
});

describe('the size of a backup', () => {
  const backup = (creation: string, bytes: number): Backup => {
    const file = { file_name: 'f', bytes, url: null, remote_file: null };
    const files = { database: file, public: file, private: null, config: null };
    return { ...rowOf({}), creation, files } as unknown as Backup;
  };

  it('is that of its data, without the configuration', () => {
    expect(bytesOf(backup('2026-11-20 10:00:00', 100))).toBe(200);
  });

  it('is doubted beside those before it', () => {
    const before = [backup('2026-11-19 10:00:00', 100), backup('2026-11-18 10:00:00', 110)];
    expect(doubtOf(backup('2026-11-20 10:00:00', 100), before, { clock })).toBeNull();
    expect(doubtOf(backup('2026-11-20 10:00:00', 10), before, { clock })).toMatch(/10 %/);
  });
});

describe('the encryption key', () => {
  it.each([
    ['is found in a configuration', '{"db_name":"x","encryption_key":"secret"}', 'secret'],
    ['is none where there is none', '{"db_name":"x"}', null],
    ['is none in what is no object', '[]', null],
    ['is none in an encrypted file', '\u0000\u0001', null],
  ])('%s', async (_, config, key) => {
    expect(await encryptionKeyOf(Readable.from([Buffer.from(config)]))).toBe(key);
  });

  it('is not looked for in what is too large for a configuration', async () => {
    const huge = Readable.from(Array<Buffer>(5).fill(Buffer.alloc(1024 * 1024, ' ')));
    expect(await encryptionKeyOf(huge)).toBeNull();
  });
});

describe('what may pass while files are fetched', () => {
  const of = (endpoint: string, code: keyof typeof PressErrorCode) =>
    new PressError({ code, message: 'x', endpoint, sent: 'yes' });

  it.each([
    ['a site in maintenance', of('site GET /backups', 'UNAVAILABLE'), true],
    ['a session that has ended', of('site GET /backups', 'FORBIDDEN'), true],
    ['a login that is refused', of('press.api.site.login', 'REFUSED'), true],
    ['a line that broke', new SourceEnded('x'), true],
    ['a vault that is away', new VaultUnavailable('x'), true],
    ['a key that does not count any more', of('press.api.site.login', 'UNAUTHORIZED'), false],
    ['a read of Press that failed', of('press.api.client.get', 'UNAVAILABLE'), false],
    ['a mistake of ours', new TypeError('x'), false],
  ])('%s', (_, error, passes) => expect(mayPass(error)).toBe(passes));
});

describe('the steps before anything is touched', () => {
  const maxAgeMs = 1;
  const standIn = { handle: 'h' } as SafetyCopy;
  const stepsOf = (...[plan]: Parameters<typeof safetyCopySteps>) =>
    safetyCopySteps(plan).map(({ name }) => name);

  it.each([
    ['a new copy', { mode: 'new', maxAgeMs }, ['backup', 'safety copy']],
    ['a recent one', { mode: 'recent', maxAgeMs }, ['safety copy']],
    ['one that stands in', { mode: 'new', maxAgeMs, standIn }, ['safety copy']],
    ['none to be had', { mode: 'new', maxAgeMs, standIn: null }, []],
    ['none wanted', { mode: 'none', maxAgeMs }, []],
  ] as const)('%s', (_, plan, steps) => expect(stepsOf(plan)).toEqual(steps));
});
