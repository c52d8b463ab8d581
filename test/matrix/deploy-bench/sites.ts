import type { FaultRule } from '../../../simulators/press/index.js';
import { benchesOf, OWN_APP } from '../../integration/deploy-bench/support.js';
import { eventually, makeSite, siteIn } from '../../integration/provision/support.js';
import { BACK, failsAt, THERE } from '../../integration/upgrade/support.js';
import { onSiteRead } from '../provision/common.js';
import type { Names, Scene } from '../row.js';
import { COPIED } from '../upgrade/common.js';
import { type DeployRow, ON_PIPELINE, withGroup } from './common.js';

const UP = ['pipeline.create', 'build.create', 'bench.create'] as const;
/** What is done to the group, and to its first site, which bears the group's name. */
const UPDATED = [...UP, ...COPIED, 'update.create'] as const;
const BENCHES = 'the old bench, Active; a new bench, Active';
const SPENT = ['deploy sent', 'attention: StepFailed'] as const;

/** Name of the nth site of a row, from 1. */
const nth = ({ site, subdomain }: Names, n: number): string =>
  n === 1 ? site : `${subdomain}-${n}${site.slice(subdomain.length)}`;

const firstSites = (names: Names, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => nth(names, index + 1));

const recovers = ({ site }: Names): readonly FaultRule[] => [failsAt(site, THERE, 'Migrate Site')];

/** The first site is refused at once, while the others take their time. */
const refusedAtOnce = (names: Names): readonly FaultRule[] => [
  onSiteRead(names.site, {
    kind: 'exception',
    excType: 'PermissionError',
    status: 403,
    message: 'not for you',
  }),
  ...firstSites(names, 5).map((site): FaultRule => ({
    job: { site, jobType: 'Backup Site' },
    fault: { kind: 'slow', factor: 20 },
  })),
];

const row = (
  accident: string,
  { sites, ...rest }: Omit<DeployRow, 'path' | 'step' | 'accident'> & { readonly sites: number },
): DeployRow => ({
  path: ON_PIPELINE,
  step: 'update sites',
  accident,
  before: withGroup({ sites }),
  ...rest,
  input: (names) => ({ sites: firstSites(names, sites), ...rest.input?.(names) }),
});

/** A second server for the group, with a site of its own on it. */
async function onTwoServers(scene: Scene, group: string): Promise<void> {
  const { harness, site, subdomain } = scene;
  const server = `f1-frankfurt.${harness.simulator.domain}`;
  const asked = { name: site, group_name: group, server };
  await harness.press('main', 'press.api.site.add_server_to_release_group', asked);
  await eventually(() =>
    benchesOf(harness, group).some((row) => row.server === server && row.status === 'Active'),
  );
  const there = { group, cluster: 'Frankfurt', apps: ['frappe', 'erpnext', OWN_APP] };
  await makeSite(harness, 'main', `${subdomain}-2`, there);
  await eventually(() => siteIn(harness, nth(scene, 2))?.status === 'Active');
}

/** After the bench stands. */
export const siteRows: readonly DeployRow[] = [
  row('nothing goes wrong', {
    sites: 2,
    expect: {
      outcome: 'succeeded',
      effects: UPDATED,
      left: `${BENCHES}; 2 × site on a new bench, Active`,
      ledger: ['deploy sent'],
    },
  }),
  row('one fails, and Press puts it back', {
    sites: 2,
    input: () => ({ errorBudget: 2 }),
    faults: recovers,
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: UPDATED,
      left: `${BENCHES}; 1 × site on a new bench, Active; 1 × site on the old bench, Active`,
      ledger: ['deploy sent'],
      says: /update acme.*: rolled_back: .*Press has put everything back/,
    },
  }),
  row('one ends fatally where it came from: its copy is restored', {
    sites: 2,
    input: () => ({ errorBudget: 2 }),
    faults: (names) => [...recovers(names), failsAt(names.site, BACK, 'Restore Touched Tables')],
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: [...UPDATED, 'site.restore'],
      left: `${BENCHES}; 1 × site on a new bench, Active; 1 × site on the old bench, Active`,
      ledger: ['deploy sent'],
      says: /update acme.*: rolled_back/,
    },
  }),
  row('one ends fatally on the new bench: its own operation asks a person', {
    sites: 2,
    input: () => ({ errorBudget: 2 }),
    faults: (names) => [...recovers(names), failsAt(names.site, BACK, 'Move Site')],
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: UPDATED,
      left: `${BENCHES}; 1 × site on a new bench, Active; 1 × site on a new bench, Broken, marked as fatal`,
      ledger: SPENT,
      says: /its update needs a person \(operation/,
    },
  }),
  row('the only one is refused', {
    sites: 1,
    faults: refusedAtOnce,
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: UP,
      left: `${BENCHES}; 1 × site on the old bench, Active`,
      ledger: ['deploy sent'],
      says: /refused: not for you/,
    },
  }),
  row('the error budget is spent: the rest is given up', {
    sites: 7,
    faults: refusedAtOnce,
    asks: [{ problem: 'StepFailed', says: 'give_up' }],
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: UP,
      left: `${BENCHES}; 4 × site on a new bench, Active; 3 × site on the old bench, Active`,
      ledger: [...SPENT, 'says: give_up'],
      says: /not begun: acme.*-6\..*, acme.*-7\./,
    },
  }),
  row('the error budget is spent: the rest is updated all the same', {
    sites: 7,
    faults: refusedAtOnce,
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      outcome: 'succeeded_with_exceptions',
      effects: UP,
      left: `${BENCHES}; 6 × site on a new bench, Active; 1 × site on the old bench, Active`,
      ledger: [...SPENT, 'says: retry'],
      says: /not for you/,
    },
  }),
  {
    ...row('one server gets no bench: its site stays, by the word of a person', {
      sites: 1,
      input: (names) => ({ sites: firstSites(names, 2) }),
      faults: ({ subdomain }) => [
        {
          job: { jobType: 'New Bench', title: subdomain },
          fault: { kind: 'fail_step', step: 'Deploy Bench' },
          nth: 2,
        },
      ],
      asks: [{ problem: 'StepFailed', says: 'accept' }],
      expect: {
        outcome: 'succeeded_with_exceptions',
        effects: [...UP, 'bench.create', ...COPIED, 'update.create'],
        left:
          'the old bench, Active; a new bench, Active; a new bench, Active; a new bench, Broken; ' +
          '1 × site on a new bench, Active',
        ledger: [...SPENT, 'says: accept'],
        says: /its server f1-frankfurt.* has got no new bench/,
      },
    }),
    before: withGroup({ sites: 1, more: onTwoServers }),
  },
];
