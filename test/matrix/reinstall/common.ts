import { fileURLToPath } from 'node:url';
import type { ReinstallSiteInput } from '../../../src/client.js';
import { makeActive, onMethod, siteIn } from '../../integration/provision/support.js';
import { NOBODY_ASKED } from '../../integration/safety-copy/support.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';
import type { Row, Scene } from '../row.js';
import type { Call } from '../sending.js';
import { COPIED } from '../upgrade/common.js';

export type ReinstallRow = Row<ReinstallSiteInput>;

export const PATH = 'A site that is Active';
export const JOB = 'Reinstall Site';

/** The marks of each site's data before its operation. */
const stood = new Map<string, string | null>();

/** Makes the site that a row is about. */
export async function prepare({ harness, subdomain, site }: Scene): Promise<void> {
  await makeActive(harness, subdomain, {});
  stood.set(site, siteIn(harness, site)?.data.database ?? null);
}

/** What stands at Press: status, whose data, and what is wrong with it. */
export function siteLeft({ harness, site: name }: Scene): string {
  const site = siteIn(harness, name);
  if (site === undefined) return 'no site';
  const { database } = site.data;
  const data = database === stood.get(name) ? 'the data of before' : 'empty';
  return [
    `the site, ${site.status}`,
    database === null ? 'no usable database' : data,
    ...(site.creationFailed ? ['marked as failed'] : []),
  ].join(', ');
}

/** As asked. */
export const DONE = {
  outcome: 'succeeded',
  effects: [...COPIED, 'site.reinstall'],
  left: 'the site, Active, empty',
  ledger: ['backup sent', 'reinstall sent'],
} as const;

/** Failed, and brought back by the copy. */
export const BACK = {
  outcome: 'rolled_back',
  effects: [...COPIED, 'site.reinstall', 'site.restore'],
  left: 'the site, Active, the data of before',
  ledger: ['backup sent', 'reinstall sent', 'restore sent'],
} as const;

/** Nothing but a copy was made. */
export const UNTOUCHED = {
  effects: COPIED,
  left: 'the site, Active, the data of before',
  ledger: ['backup sent'],
} as const;

/** The call that empties the site. */
export const REINSTALL: Call = {
  step: 'reinstall',
  wrong: (fault) => ({
    faults: ({ site }) => [
      { call: { method: 'press.api.site.reinstall', body: { name: site } }, fault },
    ],
  }),
  done: DONE,
};

/** The call that makes the backup for the copy. */
export const BACKUP: Call = {
  step: 'backup',
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'schedule_backup', fault)] }),
  done: DONE,
};

const policy = { verification: { http: 'required' }, ...NOBODY_ASKED } as const;
const usual = { speed: 400, commandMs: 800, timing: { horizon: 2_000 } } as const;

/** Settings that rows need. */
export const worlds = {
  usual: { ...usual, policy },
  'impatient verification': { ...usual, timing: { verifyDeadline: 500 }, policy },
  'a strict policy': {
    ...usual,
    policy: { ...policy, safetyCopy: { maxAgeMs: 60_000, bypass: 'never' } },
  },
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));
