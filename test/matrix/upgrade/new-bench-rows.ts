import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import type { UpgradeSiteInput } from '../../../src/client.js';
import { OWN, PUBLIC } from '../../integration/upgrade-bench/support.js';
import { did } from '../provision/common.js';
import type { Act } from '../row.js';
import { type Call, ledgerOfCall } from '../sending.js';
import { COPIED, type Told, withSite } from './common.js';
import type { UpgradeRow } from './rows.js';

export const NEW_BENCH = 'With a bench of its own';
export const BY_PRESS = 'With a bench of its own, from a public one';

type Few = Omit<Told<UpgradeSiteInput>, 'input'>;

const withBench =
  (path: string, site: object, world: string) =>
  ({ before, ...told }: Few): UpgradeRow => ({
    world,
    ...told,
    path: told.path ?? path,
    input: ({ subdomain }) => ({ newBench: { title: subdomain } }),
    before: withSite(site, before),
  });

/** A row about a site on a private bench, which gets another one. */
export const ownBench = withBench(NEW_BENCH, OWN, 'usual');
/** A row about a site on a public bench, for which Press makes a private one. */
export const byPress = withBench(BY_PRESS, PUBLIC, 'a slow clock');

const MADE = ['group.create', 'group.add_app', 'build.create'] as const;
const BENCHED = [...MADE, 'bench.create'] as const;
const COMMANDS = ['new group sent', 'add apps sent', 'build bench sent'] as const;

/** On the next version, on its new bench. */
export const DONE = {
  outcome: 'succeeded',
  effects: [...BENCHED, ...COPIED, 'update.create', 'upgrade.create'],
  left: 'the site, Active, Version 16, a new bench, a group for it, a bench for it, Active',
  ledger: [...COMMANDS, 'backup sent', 'upgrade sent'],
} as const;

/** The same, when the answer to the call that builds was lost. */
export const BUILD_FOUND = {
  ...DONE,
  ledger: ledgerOfCall({ step: 'build bench', done: DONE }, 'build bench adopted'),
} as const;

export const AS_BEFORE = 'the site, Active, Version 15, its old bench';

/** Nothing was made. */
export const UNTOUCHED = { effects: [], left: AS_BEFORE, ledger: [] } as const;

/** An image that was never built, or no bench of it: the group goes. */
export const UNBUILT = {
  outcome: 'rolled_back',
  effects: [...MADE, 'group.delete'],
  left: AS_BEFORE,
  ledger: [...COMMANDS, 'order stuck', 'undo group sent'],
} as const;

/** A bench that is Broken: dropping the group leaves it, so it goes by itself. */
export const BROKEN = {
  outcome: 'rolled_back',
  effects: [...BENCHED, 'group.delete', 'bench.archive'],
  left: AS_BEFORE,
  ledger: [...COMMANDS, 'order stuck', 'undo group sent', 'undo bench sent'],
} as const;

/** A bench that stood: it goes with the group. */
export const DROPPED = {
  outcome: 'rolled_back',
  effects: [...BENCHED, 'bench.archive', 'group.delete'],
  left: AS_BEFORE,
  ledger: [...COMMANDS, 'undo group sent'],
} as const;

/** Ordered at Press, and begun by it. */
const ORDERED = ['group.create', 'upgrade.create', 'build.create'] as const;

export const BEGUN = {
  outcome: 'succeeded',
  effects: [...ORDERED, 'bench.create', ...COPIED, 'update.create'],
  left: DONE.left,
  ledger: ['order bench sent', 'backup sent'],
} as const;

export const WITHDRAWN = {
  outcome: 'rolled_back',
  effects: [...ORDERED, 'group.delete'],
  left: AS_BEFORE,
  ledger: ['order bench sent', 'undo group sent'],
} as const;

/** A call about the group, by its name, which is known once it is made. */
export const onGroup = (
  of: (group: string) => { readonly method: string; readonly body: Record<string, string> },
  fault: CallFault,
  times = 1,
): Act => ({
  do: 'meddle',
  when: did('group.create'),
  deed({ harness: { simulator }, subdomain }) {
    const { groups } = simulator.estate();
    const name = groups.find(({ title }) => title === subdomain)?.name ?? '';
    simulator.addFault({ call: of(name), fault, times });
  },
});

/** The call that builds a group for the first time. */
export const deployCall = (name: string) => ({
  method: 'press.api.client.run_doc_method',
  body: { dn: name, method: 'initial_deploy' },
});

/** Lets the call that drops the group go wrong. */
export const onDrop = (fault: CallFault, times = 1): Act =>
  onGroup(
    (name) => ({ method: 'press.api.client.delete', body: { doctype: 'Release Group', name } }),
    fault,
    times,
  );

export const onNewGroup = (title: string, fault: CallFault): FaultRule => ({
  call: { method: 'press.api.bench.new', body: { 'bench.title': title } },
  fault,
});

export const onOrder = (site: string, fault: CallFault): FaultRule => ({
  call: {
    method: 'press.api.site.create_private_bench_for_site_upgrade',
    body: { name: site },
  },
  fault,
});

/** The call that makes the group. */
export const NEW_GROUP: Call = {
  step: 'new group',
  wrong: (fault) => ({ faults: ({ subdomain }) => [onNewGroup(subdomain, fault)] }),
  done: DONE,
};

/** The call that orders a bench and an upgrade at once. */
export const ORDER_BENCH: Call = {
  step: 'order bench',
  wrong: (fault) => ({ faults: ({ site }) => [onOrder(site, fault)] }),
  done: BEGUN,
};
