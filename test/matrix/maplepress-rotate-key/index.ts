import type { RotateApiKeyInput } from '../../../src/domain/inputs.js';
import { activePast } from '../../integration/maplepress/support.js';
import { effectsOf, leftOf } from '../maplepress-shared/left.js';
import { worlds } from '../maplepress-shared/worlds.js';
import type { Matrix } from '../row.js';
import { killRows } from './kills.js';
import { rows } from './rows.js';

/** Every accident of a rotation that we could think of, and how it ends. */
export const rotationMatrix: Matrix<RotateApiKeyInput> = {
  kind: 'maplepress-rotate-key',
  provider: 'MaplePress',
  introduction: 'Each row begins with a site whose plugin works, and with nobody being asked.',
  worlds,
  prepare: async ({ harness, domain }) => void (await activePast(harness, domain)),
  effects: effectsOf,
  left: leftOf,
  start: ({ client }, input, { domain }) =>
    client.start('maplepress-rotate-key', {
      account: 'main',
      requestedBy: 'ops',
      site: domain,
      ...input,
    }),
  rows: [...rows, ...killRows],
};
