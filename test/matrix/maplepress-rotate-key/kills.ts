import { ROTATE } from '../../../src/domain/maplepress.js';
import { killed } from '../killed.js';
import { called, did, waits } from '../maplepress-shared/calls.js';
import { ANOTHER, DONE, type RotationRow, wrong } from './common.js';

/** The worker dies while the call is on its way, and while it waits. */
export const killRows: readonly RotationRow[] = [
  killed({
    step: ROTATE,
    accident: 'before MaplePress has the call: sent again after five minutes',
    before: wrong({ kind: 'hang', effect: false }),
    when: called('POST /api/v1/sites/{id}/rotate-api-key'),
    expect: DONE,
  }),
  killed({
    step: ROTATE,
    accident: 'after MaplePress has done it, before the key is stored',
    before: wrong({ kind: 'hang' }),
    when: did('key.rotate'),
    expect: ANOTHER,
  }),
  killed({
    step: 'sign of life',
    accident: 'while it waits for the plugin',
    when: waits,
    expect: DONE,
  }),
];
