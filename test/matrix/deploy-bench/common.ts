import type { CallFault } from '../../../simulators/press/index.js';
import type { DeployBenchInput } from '../../../src/client.js';
import {
  benchesOf,
  groupToDeploy,
  makeGroup,
  OWN_APP,
  sourcesOf,
} from '../../integration/deploy-bench/support.js';
import { siteIn } from '../../integration/provision/support.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';
import type { Act, Moment, Row, Scene } from '../row.js';
import type { Call } from '../sending.js';

export type DeployRow = Row<DeployBenchInput>;

export const ON_PIPELINE = 'By a pipeline';
export const ON_BUILD = 'Where Press works without pipelines';

/** What Press makes for a deploy. */
export const UP = ['pipeline.create', 'build.create', 'bench.create'] as const;

/** As asked. */
export const DONE = {
  outcome: 'succeeded',
  effects: UP,
  left: 'the old bench, Active; a new bench, Active',
  ledger: ['deploy sent'],
} as const;

/** How each group stood before its operation. */
const stood = new Map<
  string,
  { readonly bench: string; readonly source: string; readonly sites: readonly string[] }
>();

/** What a row finds at Press. */
interface Found {
  readonly sites?: number;
  /** Nothing has changed since the last deploy. */
  readonly unchanged?: boolean;
  readonly more?: (scene: Scene, group: string) => void | Promise<void>;
}

/** Makes the group that a row is about, titled by its subdomain. */
export const withGroup =
  ({ sites = 0, unchanged = false, more }: Found = {}) =>
  async (scene: Scene): Promise<void> => {
    const { harness, subdomain: title } = scene;
    const make = unchanged ? makeGroup : groupToDeploy;
    const made = await make(harness, { title, sites });
    const bench = benchesOf(harness, made.group)[0]?.name ?? '';
    const source = sourcesOf(harness, made.group)[OWN_APP] ?? '';
    stood.set(title, { bench, source, sites: made.sites });
    await more?.(scene, made.group);
  };

/** The group of a row; empty before there is one. */
export const groupOf = ({ harness, subdomain }: Scene): string =>
  harness.simulator.estate().groups.find(({ title }) => title === subdomain)?.name ?? '';

/** Lets a call that names the group go wrong. */
const onCall =
  (method: string, fault: CallFault, body: Readonly<Record<string, string>> = {}) =>
  ({ harness: { simulator } }: Scene, name: string): void => {
    simulator.addFault({ call: { method, body: { name, ...body } }, fault });
  };

export const onDeploy = (fault: CallFault) => onCall('press.api.bench.deploy_and_update', fault);

/** The call that deploys. */
export const DEPLOY: Call = {
  step: 'deploy',
  wrong: (fault) => ({ before: withGroup({ more: onDeploy(fault) }) }),
  done: DONE,
};

export const onRedo = (fault: CallFault) => onCall('press.api.bench.redeploy', fault);

export const onBranch = (fault: CallFault, to_branch: string) =>
  onCall('press.api.bench.change_branch', fault, { to_branch });

/** Lets the stop of the group's pipeline go wrong, once there is one. */
export const onStop = (fault: CallFault): Act => ({
  do: 'meddle',
  when: builds,
  deed(scene) {
    const { simulator } = scene.harness;
    const group = groupOf(scene);
    const dn = simulator.estate().pipelines.find((row) => row.group === group)?.name ?? '';
    const call = { method: 'press.api.client.run_doc_method', body: { dn, method: 'force_fail' } };
    simulator.addFault({ call, fault });
  },
});

/** What stands at Press: benches, the branch of the app of its own, and where the sites are. */
export function groupLeft(scene: Scene): string {
  const { harness, subdomain } = scene;
  const before = stood.get(subdomain);
  if (before === undefined) return 'nothing';
  const group = groupOf(scene);
  const benches = benchesOf(harness, group).map(
    ({ name, status }) => `${name === before.bench ? 'the old' : 'a new'} bench, ${status}`,
  );
  const isSwitched = sourcesOf(harness, group)[OWN_APP] !== before.source;
  const places = before.sites.map((name) => {
    const site = siteIn(harness, name);
    const at = site?.bench === before.bench ? 'the old bench' : 'a new bench';
    const fatal = site?.fatalUpdate === null ? '' : ', marked as fatal';
    return `site on ${at}, ${site?.status ?? 'gone'}${fatal}`;
  });
  return [
    ...benches,
    ...(isSwitched ? ['the app on the other branch'] : []),
    ...counted(places).map(([place, times]) => `${times} × ${place}`),
  ].join('; ');
}

function counted(words: readonly string[]): readonly (readonly [string, number])[] {
  const times = new Map<string, number>();
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].sort();
}

/** An image of the group is being built. */
export const builds: Moment = (scene) => {
  const group = groupOf(scene);
  const { builds: all } = scene.harness.simulator.estate();
  return all.some((row) => row.group === group && row.status === 'Running');
};

/** A bench of the group is being set up. */
export const setsUp: Moment = ({ harness, ...names }) =>
  benchesOf(harness, groupOf({ harness, ...names })).some(({ status }) => status === 'Installing');

/** Press was asked about the group or its newest pipeline, and has answered or never will. */
export const callsAbout =
  (method: string): Moment =>
  (scene) => {
    const { simulator } = scene.harness;
    const group = groupOf(scene);
    const pipelines = simulator.estate().pipelines.filter((row) => row.group === group);
    const names = [group, ...pipelines.map(({ name }) => name)];
    return simulator
      .calls()
      .some(
        (call) =>
          (call.method === method || call.action === method) &&
          names.some((name) => JSON.stringify(call.args).includes(`"${name}"`)),
      );
  };

/** Nobody is asked for a deploy; an update that it did not cover would wait for somebody. */
const policy = {
  'deploy-bench': [{ name: 'all', when: {}, approval: 'none' }],
  update: [
    {
      name: 'all',
      when: {},
      approval: { quorum: { operator: 1 }, expiresAfterMs: 60_000, escalateAfterMs: 60_000 },
    },
  ],
} as const;
const usual = { speed: 400, commandMs: 800, timing: { horizon: 2_000 }, policy } as const;

/** Settings that rows need. */
export const worlds = {
  usual,
  /** A setting of Press that counts for everybody there. */
  'without pipelines': usual,
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;
