import type { Stands, StandsArgs } from '../../domain/bench-deploys.js';
import {
  type Account,
  type CallOptions,
  deployInformation,
  getBuild,
  listBenches,
  listSites,
  type SiteRow,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { OutcomeUnknown } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { serverOf, shortName } from './servers.js';

/** Where the sites of a deploy stand: Press moves some by itself at night (C 2.1). Reads only. */
export function createStandsActivities({ accounts }: ActivityDeps) {
  return {
    async readStands({ account: name, group, build, sites }: StandsArgs): Promise<Stands> {
      return whileBeating(async (signal): Promise<Stands> => {
        const account = accounts.get(name);
        const [benches, { sites: there }, rows] = await Promise.all([
          benchesOfBuild(account, { group, build }, { signal }),
          deployInformation(account.press, { group }, { signal }),
          listSites(account.press, { names: sites }, { signal }),
        ]);
        const sound = rows.filter(isSound).map(({ name }) => name);
        const servers = [...new Set(there.map(({ server }) => shortName(server)))];
        const served = benches.map((bench) => serverOf({ name: bench }, servers));
        const places = new Map(there.map((row) => [row.name, row]));
        const updated: string[] = [];
        const behind: string[] = [];
        const impossible: Record<string, string> = {};
        for (const site of sites) {
          const place = places.get(site);
          if (place === undefined) impossible[site] = `it is not on ${group} any more`;
          else if (benches.includes(place.bench)) {
            if (sound.includes(site)) updated.push(site);
            else impossible[site] = 'it is on the new bench, but broken';
          } else if (served.includes(shortName(place.server))) behind.push(site);
          else impossible[site] = `its server ${place.server} has got no new bench`;
        }
        const moving = rows.filter(isMoving).map(({ name }) => name);
        return { updated, behind, moving, impossible };
      });
    },
  };
}

/** An update that ended fatally leaves a site on its new bench, too (D 2.2). */
const isSound = ({ status, fatal_site_update }: SiteRow): boolean =>
  ['Active', 'Inactive', 'Suspended'].includes(status) && fatal_site_update === null;

const isMoving = ({ status }: SiteRow): boolean =>
  ['Pending', 'Updating', 'Recovering'].includes(status);

/**
 * Active benches of what a build was made of, by name: Press names them by the candidate (A 3.9b).
 *
 * @throws OutcomeUnknown when the build cannot be read any more
 */
export async function benchesOfBuild(
  { press }: Account,
  { group, build }: { readonly group: string; readonly build: string },
  options?: CallOptions,
): Promise<readonly string[]> {
  const found = await getBuild(press, { build }, options);
  if (found.found !== 'own' || found.build.deploy_candidate === null) {
    throw new OutcomeUnknown(`build ${build} of ${group} cannot be read (${found.found})`);
  }
  const prefix = `${found.build.deploy_candidate.replace(/^deploy/, 'bench')}-`;
  const benches = await listBenches(press, { group }, options);
  return benches
    .filter(({ name, status }) => status === 'Active' && name.startsWith(prefix))
    .map(({ name }) => name);
}
