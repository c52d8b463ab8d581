import type { LookAtMoveArgs, MoveStanding } from '../../domain/moves.js';
import {
  type Account,
  type CallOptions,
  getJob,
  listSiteActions,
  listSiteJobs,
  type SiteAction,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { OutcomeUnknown } from '../errors.js';
import { differencesOf, readPlace } from './place.js';

/** The job that takes a site off a server, and its step that does. */
const ARCHIVE = 'Archive Site';
const OVER: readonly string[] = ['Success', 'Failure', 'Delivery Failure'];
const AT_REST: readonly string[] = ['Active', 'Inactive', 'Broken', 'Suspended'];

/** Where a move that has failed has left a site. @throws OutcomeUnknown when it is not ours any more */
export async function lookAtMove(
  { accounts }: ActivityDeps,
  { account: name, site: of, before, after, action }: LookAtMoveArgs,
  options: CallOptions,
): Promise<MoveStanding> {
  const account = accounts.get(name);
  const [placed, actions] = await Promise.all([
    readPlace(account, of, options),
    listSiteActions(account.press, { site: of }, options),
  ]);
  const moves = actions.filter(({ status }) => status === 'Scheduled' || status === 'Running');
  if (placed === null) throw new OutcomeUnknown(`${of} is not there any more`);
  const { site, place } = placed;
  const isMarked = site.fatal_site_update !== null || site.creation_failed !== null;
  const where = AT_REST.includes(site.status) ? placeOf(place, { before, after }) : 'unknown';
  // Its record names the new server only once it stands there, and is off the old one (C 2.9).
  const since = beginOf(account, actions, action);
  const isDropped =
    where !== 'destination' && (await wasDropped(account, { site: of, since }, options));
  return {
    where,
    sound: site.status === 'Active' && !isMarked && !isDropped,
    isOff: site.status === 'Inactive' && !isMarked && !isDropped,
    isBroken: site.status === 'Broken' || site.fatal_site_update !== null,
    isDropped,
    moves: moves.map(({ action_type, status }) => `${action_type} (${status})`),
    says: [
      `it is ${site.status} in ${place.group ?? 'no group'} on ${place.server ?? 'no server'}`,
      ...(isMarked ? ['marked as failed'] : []),
      ...(isDropped ? ['taken off its old server'] : []),
    ].join(', '),
  };
}

/**
 * When the move was planned (epoch ms), whatever people have planned since. Of one that cannot be
 * found, 0: every job counts, so that at worst a person is asked.
 */
function beginOf(
  { clock }: Account,
  actions: readonly SiteAction[],
  ours: LookAtMoveArgs['action'],
): number {
  const row = actions.find(({ name }) => name === ours);
  return row === undefined ? 0 : clock.parse(row.creation);
}

/**
 * Press switches a site on again after some failures that come behind "Archive site on source", and
 * names the old place all the same (C 2.9). A job that still runs may take it off yet. An archive that
 * was tried again behind it, and failed, does not bring it back.
 */
async function wasDropped(
  account: Account,
  { site, since }: { readonly site: string; readonly since: number },
  options: CallOptions,
): Promise<boolean> {
  const { press, clock } = account;
  const listed = await listSiteJobs(press, { site, job_types: [ARCHIVE] }, options);
  const jobs = listed.found === 'own' ? listed.jobs : [];
  const ours = jobs.filter(({ creation }) => clock.parse(creation) >= since);
  const looked = await Promise.all(ours.map(({ name }) => getJob(press, { job: name }, options)));
  return looked.some(
    ({ status, steps }) =>
      !OVER.includes(status) ||
      steps.some((step) => step.step_name === ARCHIVE && step.status === 'Success'),
  );
}

function placeOf(
  place: LookAtMoveArgs['before'],
  { before, after }: Pick<LookAtMoveArgs, 'before' | 'after'>,
): MoveStanding['where'] {
  if (differencesOf(place, before).length === 0) return 'source';
  return differencesOf(place, after).length === 0 ? 'destination' : 'unknown';
}
