import type { MoveSiteInput } from '../../domain/inputs.js';
import type { Destination, Place } from '../../domain/moves.js';
import type { Check } from '../../domain/plan.js';
import {
  type Account,
  changeServerOptions,
  getMigrationOptions,
  type MigrationOptions,
  type Site,
} from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import { Refused } from '../errors.js';
import { type Offers, offersOf, offersText } from './offers.js';
import type { Placed } from './place.js';

/** Where a move leads, and what speaks for and against it. */
export interface Route {
  readonly to: Destination;
  readonly after: Place;
  readonly checks: readonly Check[];
  /** Press has to build a bench there first. */
  readonly needsBench: boolean;
  /** From or to a server of our own, so that Press changes the plan (C 2.9). */
  readonly changesPlan: boolean;
}

type Wish = Pick<MoveSiteInput, 'group' | 'server' | 'cluster'>;

/**
 * Resolves what was asked for against what Press offers (C 2.7).
 *
 * @throws Refused when nothing of it can be resolved
 */
export async function routeOf(account: Account, wish: Wish, placed: Placed): Promise<Route> {
  const site = placed.site.name;
  const [options, { servers }] = await Promise.all([
    getMigrationOptions(account.press, { site }),
    changeServerOptions(account.press, { site }),
  ]);
  const failed = options.failed_migration;
  const recent = failed === null ? [] : [warn('earlier move', `${failed} failed within a day`)];
  const offers = offersOf(options, servers);
  const known: Known = { options, own: servers.map(({ name }) => name), offers };
  const route =
    wish.cluster === undefined
      ? toBench(account, wish, placed, known)
      : toRegion(wish.cluster, placed, known);
  const offered = pass('offered', offersText(offers));
  return { ...route, checks: [...route.checks, ...recent, offered] };
}

function toRegion(cluster: string, { place }: Placed, { options, offers }: Known): Route {
  const offered = options.regions.some(({ name }) => name === cluster)
    ? pass('destination', cluster)
    : fail('destination', `Press does not offer ${cluster}; regions: ${offers.regions}`);
  const already = `it stands in ${cluster} already; regions: ${offers.regions}`;
  const trap = 'domains with an A record go on pointing to the old region';
  return {
    to: { cluster },
    after: { group: place.group, server: null, cluster },
    checks: [
      place.cluster === cluster ? fail('destination', already) : offered,
      ...(options.has_domain_with_a_record ? [warn('domains', trap)] : []),
    ],
    needsBench: false,
    changesPlan: false,
  };
}

interface Known {
  readonly options: MigrationOptions;
  /** Other servers of the team. */
  readonly own: readonly string[];
  readonly offers: Offers;
}

function toBench(account: Account, wish: Wish, { site, place }: Placed, known: Known): Route {
  const { options, own, offers } = known;
  const group = wish.group ?? place.group;
  const server = wish.server ?? place.server;
  if (group === null || server === null) {
    throw new Refused(`nothing tells on which bench ${site.name} stands`);
  }
  const offered = options.groups.find(({ name }) => name === group);
  const isOn =
    offered?.servers.some(({ name }) => name === server) ??
    (group === place.group && server === place.server);
  const isKnown = isOn || own.includes(server) || server === place.server;
  const fromOwn = site.server_team === account.team;
  const stays = server === place.server;
  return {
    to: { group, server },
    after: { group, server, cluster: null },
    checks: [
      groupCheck(group, { site, place, account, known }),
      stays && group === place.group
        ? fail('server', `it stands there already; ${offersText(offers)}`)
        : null,
      isKnown
        ? null
        : fail(
            'server',
            `${server} is no server of this team, and none of ${group}; ${offersText(offers)}`,
          ),
      offered !== undefined && !isOn
        ? warn('bench', `${group} has none on ${server}: Press builds one first`)
        : null,
    ].filter((check) => check !== null),
    needsBench: offered !== undefined && !isOn,
    changesPlan: !stays && fromOwn !== own.includes(server),
  };
}

interface About {
  readonly site: Site;
  readonly place: Place;
  readonly account: Account;
  readonly known: Known;
}

function groupCheck(group: string, { site, place, account, known }: About): Check {
  const { options, offers } = known;
  if (options.groups.some(({ name }) => name === group)) return pass('destination', group);
  if (group === place.group && site.group_team === account.team) return pass('destination', group);
  const own = 'a site moves into a bench group of ours, of its version (a new one: dashboard)';
  return fail('destination', `${own}; ${group} is none; Press offers ${offers.groups}`);
}
