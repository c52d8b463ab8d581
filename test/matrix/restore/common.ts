import type { FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { RestoreSiteInput } from '../../../src/client.js';
import type { RestoreSource } from '../../../src/domain/inputs.js';
import { makeActive, onJob, onMethod, siteIn } from '../../integration/provision/support.js';
import { offsiteBackup } from '../../integration/safety-copy/support.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';
import type { Act, Names, Row, Scene } from '../row.js';
import type { Call } from '../sending.js';
import { COPIED } from '../upgrade/common.js';

export type RestoreRow = Row<RestoreSiteInput>;

export const OFFSITE = 'From an offsite backup';

/** How each site stood: the marks of its data in the backup, and those of today. */
interface Stood {
  readonly backup: string | null;
  readonly today: string | null;
}
const stood = new Map<string, Stood>();
const sources = new Map<string, RestoreSource>();

/** Where the restore of a row takes its data from. */
export const sourceOf = (site: string): RestoreSource =>
  sources.get(site) ?? { backup: 'never-made' };

/** Lets a row restore from something else than the offsite backup. */
export const takeFrom = (site: string, from: RestoreSource): void => {
  sources.set(site, from);
};

/** Makes a site of Version 15 with an offsite backup, whose data has changed since. */
async function prepare({ harness, subdomain, site }: Scene): Promise<void> {
  await makeActive(harness, subdomain, {});
  const backup = await offsiteBackup(harness, site);
  const before = siteIn(harness, site)?.data.database ?? null;
  harness.simulator.changeData(site);
  stood.set(site, { backup: before, today: siteIn(harness, site)?.data.database ?? null });
  takeFrom(site, { backup });
}

/** A row about such a site. */
export const row = ({
  before,
  path = OFFSITE,
  ...told
}: Omit<RestoreRow, 'path'> & { readonly path?: string }): RestoreRow => ({
  ...told,
  path,
  async before(scene) {
    await prepare(scene);
    await before?.(scene);
  },
});

/** What stands at Press: status, whose data, and what is wrong with it. */
export function siteLeft({ harness, site: name }: Scene): string {
  const site = siteIn(harness, name);
  if (site === undefined) return 'no site';
  const { database, public: publicFiles } = site.data;
  return [
    `the site, ${site.status}`,
    dataSaid(database, stood.get(name)),
    ...(publicFiles === null ? ['no public files'] : []),
    ...(site.maintenance ? ['in maintenance'] : []),
    ...(site.creationFailed ? ['marked as failed'] : []),
  ].join(', ');
}

function dataSaid(database: string | null, known: Stood | undefined): string {
  if (database === null) return 'no usable database';
  if (database === known?.backup) return 'the data of the backup';
  return database === known?.today ? 'the data of today' : 'other data';
}

/** As asked. */
export const DONE = {
  outcome: 'succeeded',
  effects: [...COPIED, 'site.restore'],
  left: 'the site, Active, the data of the backup',
  ledger: ['backup sent', 'restore sent'],
} as const;

/** Failed, and brought back by the copy of today. */
export const BACK_AGAIN = {
  outcome: 'rolled_back',
  effects: [...COPIED, 'site.restore', 'site.restore'],
  left: 'the site, Active, the data of today',
  ledger: ['backup sent', 'restore sent', 'restore safety copy sent'],
} as const;

/** Nothing but a copy was made. */
export const UNTOUCHED = {
  effects: COPIED,
  left: 'the site, Active, the data of today',
  ledger: ['backup sent'],
} as const;

/** The call that starts it. */
export const RESTORE: Call = {
  step: 'restore',
  wrong: (fault) => ({ faults: ({ site }) => [onMethod(site, 'restore_site_from_files', fault)] }),
  done: DONE,
};

/** Lets the job of a restore go wrong. */
export const onRestore =
  (fault: JobFault, when: Pick<FaultRule, 'nth' | 'times'> = {}) =>
  ({ site }: Pick<Names, 'site'>): readonly FaultRule[] => [
    onJob(site, 'Restore Site', fault, when),
  ];

/** A step of it fails. */
export const failsIn = (step: string, times: FaultRule['times'] = 1) =>
  onRestore({ kind: 'fail_step', step }, { times });

/** Approved by somebody who acknowledges all that has to be. */
export const approved: Act = {
  do: 'meddle',
  when: (_, { state }) => state === 'waiting_approval',
  async deed({ harness, site }) {
    const { approval } = await harness.client.status(site);
    const acknowledges = approval?.rule.acknowledge ?? [];
    for (const by of ['kim', 'dana'].slice(0, approval?.missing.length ?? 1)) {
      await harness.client.approve(site, { by, acknowledges });
    }
  },
};

const required = { verification: { http: 'required' } } as const;
const free = { restore: [{ name: 'all', when: {}, approval: 'none' }] } as const;
const usual = { speed: 400, commandMs: 800, timing: { horizon: 2_000 } } as const;

/** Settings that rows need. */
export const worlds = {
  usual: { ...usual, policy: { ...required, ...free } },
  'a strict policy': {
    ...usual,
    policy: {
      ...required,
      ...free,
      patches: { skipFailing: 'deny' },
      safetyCopy: { maxAgeMs: 60_000, bypass: 'never' },
    },
  },
  'somebody approves': { ...usual, policy: required },
  'impatient verification': {
    ...usual,
    timing: { verifyDeadline: 500 },
    policy: { ...required, ...free },
  },
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;
