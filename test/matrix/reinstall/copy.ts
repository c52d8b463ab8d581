import { onJob } from '../../integration/provision/support.js';
import { follows } from '../provision/common.js';
import { lostRows } from '../sending.js';
import { COPIED } from '../upgrade/common.js';
import { BACKUP, DONE, PATH, type ReinstallRow, UNTOUCHED } from './common.js';

const MAKING = { path: PATH, step: 'backup' } as const;
const COPY = { path: PATH, step: 'safety copy' } as const;
const ONE_MORE = ['backup.create', ...COPIED] as const;
const FAILS = { kind: 'fail_step', step: 'Backup Site' } as const;
const ALWAYS = { times: 'always' } as const;

/** The files of a backup of the site go wrong on their way. */
const onFile = (site: string) =>
  ({ direction: 'download', name: site.replaceAll('.', '_') }) as const;

/** Before anything is touched: the copy to go back to. */
export const copyRows: readonly ReinstallRow[] = [
  ...lostRows(BACKUP).map((row) => ({ ...row, path: PATH })),
  {
    ...MAKING,
    accident: 'the backup fails: another one is made',
    faults: ({ site }) => [onJob(site, 'Backup Site', FAILS)],
    expect: { ...DONE, effects: [...ONE_MORE, 'site.reinstall'] },
  },
  {
    ...MAKING,
    accident: 'the server is never reached: another one is made',
    faults: ({ site }) => [
      onJob(site, 'Backup Site', { kind: 'delivery_failure', afterSeconds: 60 }),
    ],
    expect: { ...DONE, effects: [...ONE_MORE, 'site.reinstall'] },
  },
  {
    ...MAKING,
    accident: 'two backups fail: roll_back',
    faults: ({ site }) => [onJob(site, 'Backup Site', FAILS, ALWAYS)],
    asks: [{ problem: 'StepFailed', says: 'roll_back' }],
    expect: {
      ...UNTOUCHED,
      outcome: 'rolled_back',
      effects: ['backup.create', 'backup.create'],
      ledger: ['backup sent', 'attention: StepFailed', 'says: roll_back'],
    },
  },
  {
    ...MAKING,
    accident: 'cancelled meanwhile',
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 20 })],
    acts: [{ do: 'cancel', when: follows('backup') }],
    expect: { ...UNTOUCHED, outcome: 'cancelled', effects: ['backup.create'] },
  },
  {
    ...COPY,
    accident: 'the line breaks: it goes on where it was',
    faults: ({ site }) => [{ transfer: onFile(site), fault: { kind: 'cut', afterBytes: 50_000 } }],
    expect: { ...DONE, effects: [...COPIED, 'site.login', 'site.reinstall'] },
  },
  {
    ...COPY,
    accident: 'a file arrives damaged: it is fetched once more',
    faults: ({ site }) => [{ transfer: onFile(site), fault: { kind: 'corrupt', atByte: 50_000 } }],
    expect: DONE,
  },
  {
    ...COPY,
    accident: 'a file is damaged at its source: another backup is made',
    faults: ({ site }) => [
      { transfer: onFile(site), fault: { kind: 'corrupt', atByte: 50_000 }, times: 2 },
    ],
    expect: { ...DONE, effects: [...COPIED, ...COPIED, 'site.reinstall'] },
  },
  {
    ...COPY,
    accident: 'the files are gone from the site: another backup is made',
    faults: ({ site }) => [{ transfer: onFile(site), fault: { kind: 'error', status: 404 } }],
    expect: { ...DONE, effects: [...COPIED, ...COPIED, 'site.reinstall'] },
  },
];
