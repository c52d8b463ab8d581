import type { MigrateSiteInput } from '../../../src/client.js';
import { PATIENT } from '../../integration/upgrade/support.js';
import type { HarnessOptions } from '../../support/harness.js';
import type { Matrix } from '../row.js';
import { siteLeft, worlds } from '../upgrade/common.js';
import { killRows, migrateRows } from './rows.js';

/** Every accident of a migration that we could think of, and how it ends. */
export const migrateMatrix: Matrix<MigrateSiteInput> = {
  kind: 'migrate',
  worlds: {
    ...worlds,
    'somebody approves': {
      speed: 400,
      timing: PATIENT,
      policy: {
        migrate: [
          {
            name: 'all',
            when: {},
            approval: {
              quorum: { operator: 1 },
              expiresAfterMs: 600_000,
              escalateAfterMs: 600_000,
            },
          },
        ],
      },
    },
  } satisfies Record<string, HarnessOptions>,
  left: siteLeft,
  start: ({ client }, input, { site }) =>
    client.start('migrate', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [...migrateRows, ...killRows],
};
