import type { ChangeOf } from '../../domain/adjustments.js';
import {
  cancelScheduledUpdate as cancel,
  editScheduledUpdate as edit,
  getSiteUpdate,
  toNaive,
  type SiteUpdate,
} from '../../frappe-cloud/index.js';
import { knowItsZone } from '../bench-group/order-bench.js';
import { Refused } from '../errors.js';
import type { Asked, ChangeKind } from './adjustment.js';

type Edit = ChangeOf<'edit scheduled update'>;

const updateOf = ({
  account,
  change,
  options,
}: Asked<Edit | ChangeOf<'cancel scheduled update'>>): Promise<SiteUpdate | null> =>
  getSiteUpdate(account.press, { site_update: change.update }, options);

async function differing(asked: Asked<Edit>): Promise<readonly string[]> {
  const { deps, account, site, change } = asked;
  await knowItsZone(account, site, deps.timing.verifyInterval);
  const update = await updateOf(asked);
  if (update === null) return [`the update ${change.update} is gone`];
  const at = update.scheduled_time === null ? null : account.clock.parse(update.scheduled_time);
  const isAt = at !== null && Math.abs(at - Date.parse(change.at)) < 1_000;
  const isAs =
    update.skipped_backups === change.skipBackups &&
    update.skipped_failing_patches === change.skipFailingPatches;
  return [
    ...(isAt ? [] : [`it is set for ${update.scheduled_time ?? 'no time'}`]),
    ...(isAs ? [] : ['its options are others']),
  ];
}

/** C 2.3: Press checks neither the status nor whose it is, and resets what is left out. */
export const editScheduledUpdate: ChangeKind<Edit> = {
  endpoint: 'press.api.client.run_doc_method Site.edit_scheduled_update',
  repeat: 'at_once',
  async locate(asked) {
    const differs = await differing(asked);
    return differs.length > 0
      ? { state: 'none' }
      : { state: 'found', tracker: { kind: 'done' }, evidence: {} };
  },
  async send(asked) {
    const { deps, account, site, change, options } = asked;
    await knowItsZone(account, site, deps.timing.verifyInterval);
    const update = await updateOf(asked);
    if (update?.status !== 'Scheduled') {
      throw new Refused(`the update ${change.update} is ${update?.status ?? 'gone'}`);
    }
    const wanted = {
      site,
      site_update: change.update,
      skip_backups: change.skipBackups,
      skip_failing_patches: change.skipFailingPatches,
      scheduled_time: toNaive(Date.parse(change.at), account.clock),
    };
    await edit(account.press, wanted, options);
    return { kind: 'done' };
  },
  look: async (asked) => ({
    missing: await differing(asked),
    details: { update: asked.change.update, at: asked.change.at },
  }),
};

/** C 2.4. */
export const cancelScheduledUpdate: ChangeKind<ChangeOf<'cancel scheduled update'>> = {
  endpoint: 'press.api.client.run_doc_method Site.cancel_scheduled_update',
  repeat: 'at_once',
  async locate(asked) {
    return (await updateOf(asked))?.status === 'Cancelled'
      ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
      : { state: 'none' };
  },
  async send({ account, site, change, options }) {
    await cancel(account.press, { site, site_update: change.update }, options);
    return { kind: 'done' };
  },
  async look(asked) {
    const { update } = asked.change;
    const status = (await updateOf(asked))?.status ?? 'gone';
    return status === 'Cancelled'
      ? { missing: [], details: { update } }
      : { missing: [`the update ${update} is ${status}`] };
  },
};
