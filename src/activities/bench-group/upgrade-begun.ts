import type { Reading, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  getReleaseGroup,
  listSiteUpdates,
  upgradeStanding,
} from '../../frappe-cloud/index.js';
import { groupOfBench } from '../upgrade/locate-update.js';

type UpgradeBegun = Extract<Tracker, { kind: 'upgrade-begun' }>;

/**
 * One look at whether Press has begun an upgrade by itself, at its round of every 15 minutes (C 1.0).
 * It names nobody who asked: the update from the bench the site stood on into the group is the one.
 */
export async function readUpgradeBegun(
  account: Account,
  { site, group, bench }: UpgradeBegun,
): Promise<Reading> {
  const { press } = account;
  // The record first: it ends after its update is there to be seen.
  const found = await getReleaseGroup(press, { group });
  const [updates, { version_upgrade: record }] = await Promise.all([
    listSiteUpdates(press, { site }),
    upgradeStanding(press, { site }),
  ]);
  const begun = updates.find(
    (row) => row.source_bench === bench && groupOfBench(row.destination_bench) === group,
  );
  if (begun !== undefined) {
    const evidence = { group, update: begun.name, status: begun.status };
    return { state: 'settled', outcome: 'success', evidence };
  }
  const status = record?.status ?? 'gone';
  const isOpen = found.found === 'own' && Boolean(found.group.linked_version_upgrade);
  if (isOpen) return { state: 'moving', evidence: { group, status } };
  const output = `Press has not begun the upgrade: its record is ${status}`;
  return { state: 'settled', outcome: 'failure', evidence: { group, status, output } };
}
