import type { FaultRule } from '../../../simulators/press/index.js';
import type { HarnessOptions } from '../../support/harness.js';
import { makeActive, onJob, siteIn } from '../../integration/provision/support.js';
import { PATIENT } from '../../integration/upgrade/support.js';
import { killedWorld } from '../killed.js';
import { follows } from '../provision/common.js';
import type { Row, Scene, UnplacedRow } from '../row.js';
import { benchLeft } from './bench-left.js';

/** How each site stood before its operation: its bench, and the mark of its data. */
const stood = new Map<string, { readonly bench: string; readonly mark: string | null }>();

/** Makes the site that a row is about; `change` as in `press.api.site.new`. */
export const withSite =
  (change: object, more?: (scene: Scene) => void | Promise<void>) =>
  async (scene: Scene): Promise<void> => {
    await makeActive(scene.harness, scene.subdomain, change);
    const site = siteIn(scene.harness, scene.site);
    stood.set(scene.site, { bench: site?.bench ?? '', mark: site?.data.database ?? null });
    await more?.(scene);
  };

/** What stands at Press: status, version, bench, data, and what is wrong with it. */
export function siteLeft(scene: Scene): string {
  const { harness, site: name } = scene;
  const site = siteIn(harness, name);
  if (site === undefined) return 'no site';
  const before = stood.get(name);
  const version = harness.simulator
    .estate()
    .groups.find(({ name: of }) => of === site.group)?.version;
  return [
    `the site, ${site.status}`,
    version ?? 'no version',
    site.bench === before?.bench ? 'its old bench' : 'a new bench',
    ...(site.data.database === before?.mark ? [] : ['other data']),
    ...(site.maintenance ? ['in maintenance'] : []),
    ...(site.fatalUpdate === null ? [] : ['marked as fatal']),
    ...benchLeft(scene),
  ].join(', ');
}

/** What the copy before does at Press. */
export const COPIED = ['backup.create', 'site.login'] as const;

/** Nothing is touched yet, so that a cancel ends it. */
export const cancelledInBackup = (left: string): UnplacedRow => ({
  step: 'safety copy',
  accident: 'cancelled while the backup is made',
  faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 5 })],
  acts: [{ do: 'cancel', when: follows('backup') }],
  expect: { outcome: 'cancelled', effects: ['backup.create'], left, ledger: ['backup sent'] },
});

/** Lets the list of planned moves show one. */
export const withMove = (site: string): FaultRule => ({
  call: {
    method: 'press.api.client.get_list',
    body: { doctype: 'Site Action', 'filters.site': site },
  },
  fault: {
    kind: 'wrong_shape',
    body: {
      message: [
        {
          name: 'move-1',
          action_type: 'Move Site To Different Server / Bench',
          status: 'Scheduled',
          scheduled_time: null,
          owner: 'somebody@example.com',
          creation: '2026-11-20 10:00:00.000000',
        },
      ],
    },
  },
  times: 'always',
});

/** Nobody is asked for these. */
const free = [{ name: 'all', when: {}, approval: 'none' }] as const;
const http = { verification: { http: 'required' } } as const;

export const KILLED_SLOWLY = 'a worker that is killed, and a slow clock';

/** Settings that rows of upgrades, updates and migrations need. */
export const worlds = {
  usual: {
    speed: 400,
    commandMs: 2_000,
    timing: { ...PATIENT, horizon: 3_000 },
    policy: {
      ...http,
      upgrade: free,
    },
  },
  /** What Press begins by its own clock leaves a busy machine more time. */
  'a slow clock': {
    speed: 150,
    commandMs: 2_000,
    timing: { ...PATIENT, horizon: 3_000 },
    policy: { ...http, upgrade: free },
  },
  'impatient verification': {
    speed: 400,
    timing: { ...PATIENT, verifyDeadline: 500 },
    policy: { ...http, upgrade: free },
  },
  /** Press ends a job after half an hour, not after two days. */
  'a sweep that comes soon': {
    speed: 400,
    timing: PATIENT,
    simulator: { timings: { reaper: 30 * 60_000 } },
    policy: { ...http, upgrade: free },
  },
  'an app is late': { speed: 400, timing: PATIENT, policy: { upgrade: free } },
  'somebody approves': { speed: 400, timing: PATIENT, policy: http },
  'approvals that expire': {
    speed: 400,
    timing: PATIENT,
    policy: {
      upgrade: [
        {
          name: 'all',
          when: {},
          approval: { quorum: { operator: 1 }, expiresAfterMs: 1_500, escalateAfterMs: 60_000 },
        },
      ],
    },
  },
  'a freeze': {
    speed: 400,
    timing: PATIENT,
    policy: {
      maintenance: {
        timeZone: 'UTC',
        windows: [],
        freezes: [{ from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', reason: 'year end' }],
      },
      upgrade: free,
    },
  },
  'a strict policy': {
    speed: 400,
    timing: PATIENT,
    policy: {
      patches: { skipFailing: 'deny' },
      safetyCopy: { maxAgeMs: 60_000, bypass: 'never' },
      upgrade: free,
    },
  },
  ...killedWorld,
  /** The time that Press is given for its own order must outlast the death, also on a busy machine. */
  [KILLED_SLOWLY]: { ...killedWorld['a worker that is killed'], speed: 100 },
} satisfies Record<string, HarnessOptions>;

/** A row of which only the accident is to be told. */
export type Told<Input> = Omit<Row<Input>, 'path' | 'before'> & {
  readonly path?: string;
  readonly before?: (scene: Scene) => void | Promise<void>;
};

/** Somebody mends the site by hand. */
export const mended = ({ harness, site }: Scene): void => harness.simulator.repair(site);
