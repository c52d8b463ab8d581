import type { BackUpSiteInput } from '../../../src/client.js';
import { makeActive, onJob, onMethod, siteIn } from '../../integration/provision/support.js';
import { backupsOf, switchOff } from '../../integration/safety-copy/support.js';
import { killed, killedInCall, killedWorld, SLOW } from '../killed.js';
import { follows } from '../provision/common.js';
import type { Matrix, Row, Scene } from '../row.js';
import {
  abandonedRow,
  type Call,
  lostRows,
  refusedRow,
  repeatedRow,
  retriedRow,
} from '../sending.js';

type BackupRow = Row<BackUpSiteInput>;

const JOB = 'Backup Site';
const AT_PRESS = 'Kept at Press';
const IN_VAULT = 'Into the vault';
const ONE = 'the site, Active, 1 backup';

const DONE = {
  outcome: 'succeeded',
  effects: ['backup.create'],
  left: ONE,
  ledger: ['backup sent'],
} as const;

const BACKUP: Call = {
  step: 'backup',
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'schedule_backup', fault)] }),
  done: DONE,
};

const fails = (site: string, times: number) =>
  onJob(site, JOB, { kind: 'fail_step', step: 0 }, { times });

const atPress = (row: Omit<BackupRow, 'path' | 'input'>): BackupRow => ({
  ...row,
  path: AT_PRESS,
  input: () => ({ keep: 'press' }),
});

/** The worker dies while a call is on its way, and while the backup is made. */
export const killRows: readonly BackupRow[] = [
  ...killedInCall({ ...BACKUP, method: 'Site.schedule_backup', effect: 'backup.create' }),
  killed({
    step: 'backup',
    accident: 'while it is made',
    faults: ({ site }) => [onJob(site, JOB, SLOW)],
    when: follows('backup'),
    expect: DONE,
  }),
].map((row) => ({ ...row, input: () => ({ keep: 'press' as const }) }));

export const backupRows: readonly BackupRow[] = [
  {
    path: IN_VAULT,
    step: 'preflight',
    accident: 'it is off, and hands out no files',
    before: ({ harness, site }) => switchOff(harness, site),
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'the site, Inactive, 0 backups',
      ledger: [],
      says: /it can be kept at Press/,
    },
  },
  ...lostRows(BACKUP).map(atPress),
  ...[
    refusedRow(BACKUP, { effects: [], left: 'the site, Active, 0 backups' }),
    repeatedRow(BACKUP),
    retriedRow(BACKUP),
    abandonedRow(BACKUP, { effects: [], left: 'the site, Active, 0 backups' }),
  ].map(atPress),
  atPress({
    step: 'backup',
    accident: 'it fails: another one',
    faults: ({ site }) => [fails(site, 1)],
    expect: {
      ...DONE,
      effects: ['backup.create', 'backup.create'],
      left: 'the site, Active, 2 backups',
    },
  }),
  atPress({
    step: 'backup',
    accident: 'it fails twice: a person has it tried again',
    faults: ({ site }) => [fails(site, 2)],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...DONE,
      effects: ['backup.create', 'backup.create', 'backup.create'],
      left: 'the site, Active, 3 backups',
      ledger: ['backup sent', 'attention: StepFailed', 'says: retry', 'backup sent'],
    },
  }),
  atPress({
    step: 'backup',
    accident: 'it fails twice: a person goes back',
    faults: ({ site }) => [fails(site, 2)],
    asks: [{ problem: 'StepFailed', says: 'roll_back' }],
    expect: {
      outcome: 'rolled_back',
      effects: ['backup.create', 'backup.create'],
      left: 'the site, Active, 2 backups',
      ledger: ['backup sent', 'attention: StepFailed', 'says: roll_back'],
    },
  }),
  atPress({
    step: 'backup',
    accident: 'the server is never reached: another one',
    faults: ({ site }) => [onJob(site, JOB, { kind: 'delivery_failure', afterSeconds: 60 })],
    expect: {
      ...DONE,
      effects: ['backup.create', 'backup.create'],
      left: 'the site, Active, 2 backups',
    },
  }),
  atPress({
    step: 'backup',
    accident: 'cancelled while it is made: it is left to end',
    faults: ({ site }) => [onJob(site, JOB, { kind: 'slow', factor: 5 })],
    acts: [{ do: 'cancel', when: follows('backup') }],
    expect: { ...DONE, outcome: 'cancelled' },
  }),
];

/** What stands at Press: the site, and how many backups it has, whatever became of them. */
function siteLeft({ harness, site }: Scene): string {
  const count = backupsOf(harness, site).length;
  return `the site, ${siteIn(harness, site)?.status}, ${count} backup${count === 1 ? '' : 's'}`;
}

/** Every accident of a backup that we could think of, and how it ends. */
export const backupMatrix: Matrix<BackUpSiteInput> = {
  kind: 'backup',
  introduction:
    'What can happen to files on their way into the vault is told where it stands between a site and ' +
    'its loss: [reinstallSite](reinstall-failures.md).',
  worlds: {
    usual: { speed: 400, commandMs: 800, timing: { horizon: 2_000 } },
    ...killedWorld,
  },
  prepare: async ({ harness, subdomain }) => {
    await makeActive(harness, subdomain, {});
  },
  left: siteLeft,
  start: ({ client }, input, { site }) =>
    client.start('backup', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [...backupRows, ...killRows],
};
