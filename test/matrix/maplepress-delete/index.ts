import type { CallFault } from '../../../simulators/maplepress/index.js';
import { DELETE } from '../../../src/domain/maplepress.js';
import type { DeleteWordPressSiteInput } from '../../../src/domain/inputs.js';
import { activePast, onDelete, siteIn } from '../../integration/maplepress/support.js';
import { killed } from '../killed.js';
import { called, callRows, did, hidden, lateRow } from '../maplepress-shared/calls.js';
import { effectsOf, leftOf } from '../maplepress-shared/left.js';
import { AWAY_ONCE_KEPT } from '../maplepress-shared/ledgers.js';
import { worlds } from '../maplepress-shared/worlds.js';
import type { Matrix, Row, Scene } from '../row.js';

type DeletionRow = Row<DeleteWordPressSiteInput>;

const PATH = 'A site that its plugin has verified';

const DONE = {
  outcome: 'succeeded',
  effects: ['site.delete'],
  left: 'nothing',
  ledger: ['delete sent'],
} as const;
const FOUND_GONE = { ...DONE, ledger: ['delete adopted'] } as const;

const wrong =
  (fault: CallFault) =>
  ({ harness, domain }: Scene): void =>
    void harness.maplePress.addFault(onDelete(siteIn(harness, domain)?.id ?? '', fault));

const deletion = {
  path: PATH,
  step: DELETE,
  wrong,
  done: DONE,
  lost: FOUND_GONE,
  hollow: DONE,
  twice: DONE,
} as const;

export const deletionRows: readonly DeletionRow[] = [
  { path: PATH, step: 'preflight', accident: 'nothing goes wrong', expect: DONE },
  ...callRows(deletion),
  // It is sent again at once: the first one comes when that is done.
  lateRow(deletion, DONE, 1_800),
  {
    path: PATH,
    step: 'preflight',
    accident: 'it answers 404 for a moment: it is not taken for gone',
    before: hidden(3),
    expect: DONE,
  },
  {
    path: PATH,
    step: DELETE,
    accident: 'it is answered with 404, once, and nothing was done: sent again',
    before: wrong({ kind: 'server_error', status: 404 }),
    expect: DONE,
  },
  {
    path: PATH,
    step: DELETE,
    accident: 'the ledger is away right after the answer',
    world: AWAY_ONCE_KEPT,
    expect: FOUND_GONE,
  },
];

/** The worker dies while the call is on its way. */
export const killRows: readonly DeletionRow[] = [
  killed({
    step: DELETE,
    accident: 'before MaplePress has the call: sent again at once',
    before: wrong({ kind: 'hang', effect: false }),
    when: called('DELETE /api/v1/sites/{id}'),
    expect: DONE,
  }),
  killed({
    step: DELETE,
    accident: 'after MaplePress has done it: found',
    before: wrong({ kind: 'hang' }),
    when: did('site.delete'),
    expect: FOUND_GONE,
  }),
];

/** Every accident of a deletion that we could think of, and how it ends. */
export const deletionMatrix: Matrix<DeleteWordPressSiteInput> = {
  kind: 'maplepress-delete',
  provider: 'MaplePress',
  introduction: 'Each row begins with a site whose plugin works, and with nobody being asked.',
  worlds,
  prepare: async ({ harness, domain }) => void (await activePast(harness, domain)),
  effects: effectsOf,
  left: leftOf,
  start: ({ client }, input, { domain }) =>
    client.start('maplepress-delete', {
      account: 'main',
      requestedBy: 'ops',
      site: domain,
      ...input,
    }),
  rows: [...deletionRows, ...killRows],
};
