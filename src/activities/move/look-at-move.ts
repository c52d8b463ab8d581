import type { LookAtMoveArgs, MoveStanding } from '../../domain/moves.js';
import { type CallOptions, listSiteActions } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { OutcomeUnknown } from '../errors.js';
import { differencesOf, readPlace } from './place.js';

const AT_REST: readonly string[] = ['Active', 'Inactive', 'Broken', 'Suspended'];

/** Where a move that has failed has left a site. @throws OutcomeUnknown when it is not ours any more */
export async function lookAtMove(
  { accounts }: ActivityDeps,
  { account: name, site: of, before, after }: LookAtMoveArgs,
  options: CallOptions,
): Promise<MoveStanding> {
  const account = accounts.get(name);
  const [placed, moves] = await Promise.all([
    readPlace(account, of, options),
    listSiteActions(account.press, { site: of, statuses: ['Scheduled', 'Running'] }, options),
  ]);
  if (placed === null) throw new OutcomeUnknown(`${of} is not there any more`);
  const { site, place } = placed;
  const isMarked = site.fatal_site_update !== null || site.creation_failed !== null;
  const where = AT_REST.includes(site.status) ? placeOf(place, { before, after }) : 'unknown';
  return {
    where,
    sound: site.status === 'Active' && !isMarked,
    isOff: site.status === 'Inactive' && !isMarked,
    moves: moves.map(({ action_type, status }) => `${action_type} (${status})`),
    says: [
      `it is ${site.status} in ${place.group ?? 'no group'} on ${place.server ?? 'no server'}`,
      ...(isMarked ? ['marked as failed'] : []),
    ].join(', '),
  };
}

function placeOf(
  place: LookAtMoveArgs['before'],
  { before, after }: Pick<LookAtMoveArgs, 'before' | 'after'>,
): MoveStanding['where'] {
  if (differencesOf(place, before).length === 0) return 'source';
  return differencesOf(place, after).length === 0 ? 'destination' : 'unknown';
}
