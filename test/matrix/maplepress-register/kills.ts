import { onDelete } from '../../integration/maplepress/support.js';
import { killed } from '../killed.js';
import { called, did, waits } from '../maplepress-shared/calls.js';
import { DONE, later, LOCATED, type RegisterRow, SOON, UNDONE, wrong } from './common.js';

const CALL = 'POST /api/v1/sites';
const DELETION = 'DELETE /api/v1/sites/{id}';

/** The worker dies while the call is on its way, while it waits, and on the way back. */
export const killRows: readonly RegisterRow[] = [
  killed({
    step: 'register',
    accident: 'before MaplePress has the call: sent again after five minutes',
    before: wrong({ kind: 'hang', effect: false }),
    when: called(CALL),
    expect: DONE,
  }),
  killed({
    step: 'register',
    accident: 'after MaplePress has done it, before the key is stored',
    before: wrong({ kind: 'hang' }),
    input: SOON,
    when: did('site.create'),
    expect: LOCATED,
  }),
  killed({
    step: 'verification',
    accident: 'while it waits for the plugin',
    when: waits,
    expect: DONE,
  }),
  killed({
    step: 'way back',
    accident: 'before MaplePress has the deletion: sent again at once',
    acts: [
      { do: 'meddle', when: waits, deed: later(onDelete, { kind: 'hang', effect: false }) },
      { do: 'cancel', when: waits },
    ],
    when: called(DELETION),
    expect: { ...UNDONE, outcome: 'cancelled' },
  }),
  killed({
    step: 'way back',
    accident: 'after MaplePress has deleted it: found',
    acts: [
      { do: 'meddle', when: waits, deed: later(onDelete, { kind: 'hang' }) },
      { do: 'cancel', when: waits },
    ],
    when: did('site.delete'),
    expect: {
      ...UNDONE,
      outcome: 'cancelled',
      ledger: ['register sent', 'undo register adopted'],
    },
  }),
];
