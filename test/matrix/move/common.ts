import type { MoveSiteInput } from '../../../src/client.js';
import { makeActive, onMethod, siteIn } from '../../integration/provision/support.js';
import { FREE, OWN_GROUP } from '../../integration/move/support.js';
import { PATIENT } from '../../integration/upgrade/support.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';
import type { Row, Scene } from '../row.js';
import type { Call } from '../sending.js';
import { COPIED } from '../upgrade/common.js';

export type MoveRow = Row<MoveSiteInput>;

export const TO_GROUP = 'Into a group of ours';
export const TO_REGION = 'To another region';

/** The marks of each site's data before its operation. */
const stood = new Map<string, string | null>();

/** Makes the site that a row is about. */
export async function prepare({ harness, subdomain, site }: Scene): Promise<void> {
  await makeActive(harness, subdomain, {});
  stood.set(site, siteIn(harness, site)?.data.database ?? null);
}

/** What stands at Press: status, where, whose data, and what is wrong with it. */
export function siteLeft({ harness, site: name }: Scene): string {
  const site = siteIn(harness, name);
  if (site === undefined) return 'no site';
  const { group, bench, data, directory, fatalUpdate } = site;
  return [
    `the site, ${site.status}`,
    group === OWN_GROUP ? 'in our group' : 'in its old group',
    bench.includes('frankfurt') ? 'Frankfurt' : 'Mumbai',
    ...(data.database === stood.get(name) ? [] : ['other data']),
    ...(directory === null ? ['its directory gone'] : []),
    ...(fatalUpdate === null ? [] : ['marked as fatal']),
  ].join(', ');
}

export const AS_BEFORE = 'the site, Active, in its old group, Mumbai';
export const DROPPED = 'the site, Active, in its old group, Mumbai, its directory gone';
export const DROPPED_OFF = 'the site, Inactive, in its old group, Mumbai, its directory gone';
export const IN_GROUP = 'the site, Active, in our group, Mumbai';
export const IN_REGION = 'the site, Active, in its old group, Frankfurt';

/** As asked, within a server. */
export const DONE = {
  outcome: 'succeeded',
  effects: [...COPIED, 'action.create', 'update.create'],
  left: IN_GROUP,
  ledger: ['backup sent', 'move sent'],
} as const;

/** As asked, between servers. */
export const MOVED = {
  ...DONE,
  effects: [...COPIED, 'migration.create', 'action.create'],
  left: IN_REGION,
} as const;

export const MOVE: Call = {
  step: 'move',
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'create_migration_plan', fault)] }),
  done: DONE,
};

export const intoGroup = ({ path = TO_GROUP, ...row }: Told): MoveRow => ({
  ...row,
  path,
  input: () => ({ group: OWN_GROUP }),
});

export const toRegion = ({ path = TO_REGION, ...row }: Told): MoveRow => ({
  ...row,
  path,
  input: () => ({ cluster: 'Frankfurt' }),
});

type Told = Omit<MoveRow, 'path' | 'input'> & { readonly path?: string };

/** Settings that rows need. */
export const worlds = {
  usual: {
    speed: 400,
    commandMs: 2_000,
    timing: { ...PATIENT, horizon: 3_000 },
    policy: { verification: { http: 'required' }, ...FREE },
  },
  'impatient verification': {
    speed: 400,
    timing: { ...PATIENT, verifyDeadline: 500 },
    policy: { verification: { http: 'required' }, ...FREE },
  },
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;
