import type { UpdateSiteInput } from '../../../src/client.js';
import { PATIENT } from '../../integration/upgrade/support.js';
import type { HarnessOptions } from '../../support/harness.js';
import type { Matrix } from '../row.js';
import { siteLeft, worlds } from '../upgrade/common.js';
import { killRows, updateRows } from './rows.js';

/** Every accident of an update that we could think of, and how it ends. */
export const updateMatrix: Matrix<UpdateSiteInput> = {
  kind: 'update',
  introduction: `What an update shares with an upgrade is tried there in
full: [upgradeSite](upgrade-failures.md).`,
  worlds: {
    ...worlds,
    'nothing newer': { speed: 400, timing: PATIENT },
    'nobody else deploys': { speed: 400, timing: PATIENT },
  } satisfies Record<string, HarnessOptions>,
  left: siteLeft,
  start: ({ client }, input, { site }) =>
    client.start('update', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [...updateRows, ...killRows],
};
