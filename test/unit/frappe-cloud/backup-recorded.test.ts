import { describe, expect, it } from 'vitest';
import type { Backup } from '../../../src/frappe-cloud/index.js';
import { isUploadGone } from '../../../src/frappe-cloud/endpoints/uploads.js';
import type { Transport } from '../../../src/frappe-cloud/transport.js';
import { BACKUP_CALLS, nameOfBackupCall, wholeBackupBody } from './support/backup-calls.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat } from './support/press-that.js';
import { RECORDED, type Recorded } from './support/recordings.js';

const answersTo = (name: string): Recorded[] =>
  RECORDED.filter((each) => each.status === 200 && nameOfBackupCall(each) === name);

function callOf(recorded: Recorded): (press: Transport) => Promise<unknown> {
  const call = BACKUP_CALLS[nameOfBackupCall(recorded)];
  if (!call) throw new Error(`${recorded.name} is none of our calls`);
  return call;
}

/** What our function makes of a recorded answer. */
async function heard(recorded: Recorded): Promise<unknown> {
  const body = wholeBackupBody(recorded);
  const { press } = await pressThat(() => ({ status: recorded.status, body }));
  return callOf(recorded)(press);
}

function recordedAs(file: string, part = ''): Recorded {
  const found = RECORDED.find((each) => each.file === file && each.name.includes(part));
  if (!found) throw new Error(`nothing recorded as ${file} ${part}`);
  return found;
}

describe('recorded answers about backups, restores and the life of a site', () => {
  it.each(Object.keys(BACKUP_CALLS))('%s: all parse', async (name) => {
    const answers = answersTo(name);
    expect(answers.length).toBeGreaterThan(0);
    let current: Recorded | undefined;
    const { press } = await pressThat(() => ({ body: current && wholeBackupBody(current) }));
    for (const recorded of answers) {
      current = recorded;
      await callOf(recorded)(press).catch((error: unknown) => {
        throw new Error(`${recorded.name}: ${String(error)}`);
      });
    }
  });
});

describe('a recorded backup', () => {
  it('goes through its statuses', async () => {
    const lists = answersTo('get_list Site Backup').filter(
      ({ file, name }) => file === 'seq-backup-success' && !name.includes('without'),
    );
    const story: string[][] = [];
    for (const list of lists) {
      for (const row of (await heard(list)) as Backup[]) {
        story.push([row.name, row.status, row.files_availability]);
      }
    }
    expect(story).toEqual([
      ['uhrbgt7o65', 'Pending', ''],
      ['uhrbgt7o65', 'Running', ''],
      ['uhrbgt7o65', 'Success', 'Available'],
    ]);
  });

  it('on the site has files with names, addresses and sizes, and none at Press', async () => {
    const [newest] = (await heard(recordedAs('backups-list'))) as Backup[];
    expect(newest).toMatchObject({ name: 'p5m9pj3f34', with_files: true, offsite: false });
    expect(newest?.files.config).toEqual({
      file_name: '20261120_221039-opse-site_fc_dev-site_config_backup.json',
      bytes: 123456,
      url: 'https://opse-site.fc.dev/backups/20261120_221039-opse-site_fc_dev-site_config_backup.json',
      remote_file: null,
    });
    expect(Object.values(newest?.files ?? {}).every((file) => file !== null)).toBe(true);
  });

  it('offsite has Remote Files', async () => {
    const file = 'r2-seq-unarchive-from-last-offsite-backup';
    const rows = (await heard(recordedAs(file, 'site.backups of the archived name'))) as Backup[];
    expect(rows[0]?.files.database?.remote_file).toBe('gsifhbfc25');
  });

  it('is one with Remote Files too when no address was told', async () => {
    const file = 'r2-seq-unarchive-from-last-offsite-backup';
    const rows = (await heard(recordedAs(file, 'get_list Site Backup (living site)'))) as Backup[];
    const database = { file_name: null, url: null, bytes: null, remote_file: 'gsifhbfc25' };
    expect(rows[0]?.files.database).toEqual(database);
  });

  it('ordered answers its name', async () => {
    expect(await heard(recordedAs('backup-rdm-schedule'))).toBe('uhrbgt7o65');
  });
});

describe('recorded commands', () => {
  it.each([
    ['r2-site-deactivate-rdm', '', 'Inactive'],
    ['r2-site-activate-rdm', '', 'Active'],
    ['migrate', '', '6ql785rseh'],
    ['reinstall', '', '145ngbjltb'],
    ['seq-restore-success', 'press.api.site.restore', 'q8lsm01qj1'],
    ['seq-restore-failure', 'restore_site_from_files', 'bt08qfbgq1'],
    ['r2-site-get-backup-links-unreachable', '', []],
  ])('%s %s answers %j', async (file, part, expected) => {
    expect(await heard(recordedAs(file, part))).toEqual(expected);
  });

  it.each([
    ['r2-lost-restore', 'RE-SEND', 'BUSY'],
    ['r2-lost-schedule-backup-slow', 'RE-SEND', 'BUSY'],
    ['r2-lost-deactivate', 'RE-SEND', 'REFUSED'],
    ['r2-lost-activate', 'RE-SEND', 'REFUSED'],
    ['restore-no-files', '', 'REFUSED'],
    ['restore-unknown-file', '', 'NOT_FOUND'],
    ['restore-file-not-in-bucket', '', 'SERVER_ERROR'],
    ['restore-rdm-foreign-file', '', 'FORBIDDEN'],
    ['backups-foreign', '', 'FORBIDDEN'],
    ['get-backup-link-onsite', '', 'NOT_FOUND'],
    ['r2-site-schedule-backup-physical', '', 'REFUSED'],
    ['r2-site-get-backup-links-private-address', '', 'REFUSED'],
    ['r2-site-multipart-exit-parts-as-list', '', 'SERVER_ERROR'],
  ])('%s %s is %s', async (file, part, code) => {
    expect(await pressErrorOf(heard(recordedAs(file, part)))).toMatchObject({ code });
  });

  it('know an upload that is gone', async () => {
    const gone = await pressErrorOf(heard(recordedAs('r2-site-multipart-exit-abort-again')));
    expect(isUploadGone(gone)).toBe(true);
    const other = await pressErrorOf(heard(recordedAs('r2-site-multipart-exit-parts-as-list')));
    expect(isUploadGone(other)).toBe(false);
  });
});
