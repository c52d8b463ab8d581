import { REGISTER } from '../../../src/domain/maplepress.js';
import type { RegisterWordPressSiteInput } from '../../../src/domain/inputs.js';
import { urlOf } from '../../integration/maplepress/support.js';
import { effectsOf, leftOf } from '../maplepress-shared/left.js';
import { worlds } from '../maplepress-shared/worlds.js';
import type { Matrix } from '../row.js';
import { killRows } from './kills.js';
import { rows } from './rows.js';

/** Every accident of a registration that we could think of, and how it ends. */
export const registerMatrix: Matrix<RegisterWordPressSiteInput> = {
  kind: 'maplepress-register',
  provider: 'MaplePress',
  introduction: `\`${REGISTER}\` is answered with key and token, which nobody can read again.`,
  worlds,
  effects: effectsOf,
  left: leftOf,
  start: ({ client }, input, { domain }) =>
    client.start('maplepress-register', {
      account: 'main',
      requestedBy: 'ops',
      siteUrl: urlOf(domain),
      ...input,
    }),
  rows: [...rows, ...killRows],
};
