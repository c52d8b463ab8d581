import type { CallFault } from '../../../simulators/press/index.js';
import { onJob } from '../../integration/provision/support.js';
import { follows } from '../provision/common.js';
import type { UnplacedRow } from '../row.js';
import { lostRows, refusedRow, repeatedRow, retriedRow } from '../sending.js';
import { withMove } from '../upgrade/common.js';
import { RESTORE, type RestoreRow, row, takeFrom, UNTOUCHED } from './common.js';

const NOTHING = { ...UNTOUCHED, outcome: 'refused', effects: [], ledger: [] } as const;
/** Errors that say no: Press has looked at the files and at the servers. */
const FILES_GONE: CallFault = {
  kind: 'exception',
  excType: 'Exception',
  message: 'Remote File f00dbeef01 is unavailable on S3',
};
const CONFIG_UNREADABLE: CallFault = { kind: 'exception', excType: 'JSONDecodeError' };
const NO_SPACE: CallFault = {
  kind: 'exception',
  excType: 'InsufficientSpaceOnServer',
  status: 417,
  message: 'Insufficient estimated space on Database server to create site.',
};

const BUSY: CallFault = {
  kind: 'exception',
  excType: 'ValidationError',
  status: 417,
  message:
    'Site is in <strong>updating</strong> state. Your site have to be active to <strong>restore site from files</strong>.',
};

const sendingRows: readonly UnplacedRow[] = [
  ...lostRows(RESTORE),
  refusedRow(RESTORE, UNTOUCHED),
  refusedRow(RESTORE, UNTOUCHED, {
    accident: 'a file is not in the storage of Press any more',
    fault: FILES_GONE,
    says: /unavailable on S3/,
  }),
  refusedRow(RESTORE, UNTOUCHED, {
    accident: 'the configuration cannot be read',
    fault: CONFIG_UNREADABLE,
  }),
  refusedRow(RESTORE, UNTOUCHED, {
    accident: 'there is no room on the servers by now',
    fault: NO_SPACE,
    says: /Insufficient estimated space/,
  }),
  repeatedRow(RESTORE),
  retriedRow(RESTORE),
  repeatedRow(
    RESTORE,
    'somebody does something else with the site meanwhile: it is waited for',
    BUSY,
  ),
];

/** Before anything is done, and the call that starts the restore. */
export const callRows: readonly RestoreRow[] = [
  {
    path: 'From an offsite backup',
    step: 'preflight',
    accident: 'there is no such site',
    expect: { ...NOTHING, left: 'no site', says: /there is no site/ },
  },
  row({
    step: 'preflight',
    accident: 'the backup is not there any more',
    before: ({ site }) => takeFrom(site, { backup: 'long-gone' }),
    expect: { ...NOTHING, says: /no finished backup long-gone/ },
  }),
  row({
    step: 'preflight',
    accident: 'a move of the site is planned, which would carry it away afterwards',
    faults: ({ site }) => [withMove(site)],
    expect: { ...NOTHING, says: /would move the restored site/ },
  }),
  row({
    step: 'preflight',
    accident: 'it is to go without a copy of today, and policy never allows that',
    world: 'a strict policy',
    input: () => ({ safetyCopy: 'skip' }),
    expect: { ...NOTHING, says: /safetyCopy.bypass/ },
  }),
  row({
    step: 'safety copy',
    accident: 'cancelled meanwhile',
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 20 })],
    acts: [{ do: 'cancel', when: follows('backup') }],
    expect: { ...UNTOUCHED, outcome: 'cancelled', effects: ['backup.create'] },
  }),
  ...sendingRows.map(row),
];
