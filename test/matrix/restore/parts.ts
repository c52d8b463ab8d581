import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import type { FaultRule, TransferFault } from '../../../simulators/press/index.js';
import { copyOf } from '../../integration/safety-copy/support.js';
import { endOf } from '../../integration/provision/support.js';
import type { Names, Scene } from '../row.js';
import { COPIED } from '../upgrade/common.js';
import {
  BACK_AGAIN,
  DONE,
  failsIn,
  type RestoreRow,
  row,
  sourceOf,
  takeFrom,
  UNTOUCHED,
} from './common.js';

const FILES = 'Public files only';
const VAULT = 'From the vault';

const TODAY = { ...DONE, left: 'the site, Active, the data of today' } as const;
const files = () => ({ parts: ['public'] as const });

/** One side of the files, which is emptied before it is filled (B 2.4). */
const fileRows: readonly RestoreRow[] = [
  row({
    path: FILES,
    step: 'restore',
    accident: 'step "Download Backup Files" fails: again, with fresh links',
    input: files,
    faults: failsIn('Download Backup Files'),
    expect: { ...TODAY, effects: [...COPIED, 'site.restore', 'site.restore'] },
  }),
  row({
    path: FILES,
    step: 'restore',
    accident: 'step "Restore Files" fails: the files are gone, back; the database stays',
    input: files,
    faults: failsIn('Restore Files'),
    expect: BACK_AGAIN,
  }),
  row({
    path: FILES,
    step: 'restore safety copy',
    accident: 'step "Restore Files" fails twice: a person leaves it',
    input: files,
    faults: failsIn('Restore Files', 2),
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      ...BACK_AGAIN,
      outcome: 'abandoned',
      left: 'the site, Broken, the data of today, no public files, marked as failed',
      ledger: [...BACK_AGAIN.ledger, 'attention: StepFailed', 'says: abandon'],
    },
  }),
];

/** Restores the backup, so that a copy of today lies in the vault; the row restores that. */
async function copied({ harness, site }: Scene): Promise<void> {
  const input = { account: 'main', requestedBy: 'ops', site, from: sourceOf(site) };
  const { workflowId } = await harness.client.start('restore', input);
  await endOf(harness, workflowId, 'succeeded');
  takeFrom(site, { copy: (await copyOf(harness, site)).handle });
}

/** Somebody, or a disk, has changed a file of the copy. */
async function damaged(scene: Scene): Promise<void> {
  await copied(scene);
  const { handle } = await copyOf(scene.harness, scene.site);
  const { location } = scene.harness.deps.vault;
  await appendFile(path.join(location, handle, 'database.sql.gz'), 'x');
}

/** Lets an upload of the site's database go wrong. */
const onUpload =
  (fault: TransferFault) =>
  ({ site }: Names): readonly FaultRule[] => [
    { transfer: { direction: 'upload', name: `${site.replaceAll('.', '_')}-database` }, fault },
  ];

const vaultRow = (accident: string, fault: TransferFault): RestoreRow =>
  row({
    path: VAULT,
    step: 'upload',
    accident,
    before: copied,
    faults: onUpload(fault),
    expect: TODAY,
  });

/** A copy of our own, which has to be brought to Press first. */
const vaultRows: readonly RestoreRow[] = [
  vaultRow('the storage is in trouble: again', { kind: 'error', status: 503 }),
  vaultRow('the links have expired: fresh ones', { kind: 'error', status: 403 }),
  vaultRow('the connection breaks in the middle: again', { kind: 'cut', afterBytes: 1_000 }),
  vaultRow('the answer of the storage is lost: again', { kind: 'lose_answer' }),
  row({
    path: VAULT,
    step: 'upload',
    accident: 'the copy is damaged: nothing is done',
    before: damaged,
    expect: {
      ...UNTOUCHED,
      outcome: 'refused',
      left: 'the site, Active, the data of the backup',
      says: /is damaged: database has/,
    },
  }),
];

export const partRows: readonly RestoreRow[] = [...fileRows, ...vaultRows];
