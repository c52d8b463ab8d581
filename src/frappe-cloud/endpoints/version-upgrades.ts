import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { tellForName } from './named.js';
import { ask, naiveDatetime, tell } from './wire.js';

/** What every way to the next version leaves to us. */
interface UpgradeSwitches {
  readonly site: string;
  /** True leaves no way back: a failure ends Fatal, half migrated perhaps (D 2.2). */
  readonly skip_backups: boolean;
  readonly skip_failing_patches: boolean;
}

export interface VersionUpgrade extends UpgradeSwitches {
  /** Null on public benches: Press chooses there, and would overrule any other group (C 1.1). */
  readonly destination_group: string | null;
  /** Naive, in the server's zone; cannot be withdrawn but by deleting a private group. */
  readonly scheduled_datetime: string | null;
}

/**
 * Moves the site to the next major version: into the given private group, or to the public bench
 * of that version. Mutating, with downtime (C 1.1). Names nothing; the tracker is the newest of
 * `listSiteUpdates`, whose end counts: Press's own record lags by minutes and calls a rollback that
 * still runs a Failure (C 1.0).
 *
 * Repeated: 417 `upgrade_open` while the first is open; 417 or a FURTHER upgrade after its end. A
 * lost one: a new Site Update, and for a later time only `upgradeStanding` (observed-2 1). While
 * the first still works on the request, the second can be another refusal.
 *
 * Press does not check: whose the group is, whether it is enabled, whether the version is lower.
 *
 * @throws PressError the reason is in `updateRefusal`, the message may speak of a vanished record
 */
export async function versionUpgrade(
  press: Transport,
  { site, ...args }: VersionUpgrade,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.version_upgrade', { name: site, ...args }, options);
}

export interface CustomAppSource {
  readonly app: string;
  /** Branch for the next version; the repository stays that of the current source (C 1.4). */
  readonly branch: string;
  readonly repository_url: string;
}

export interface CreatePrivateBench extends UpgradeSwitches {
  /** The site's CURRENT version, such as "Version 15". */
  readonly version: string;
  /** Not yet the title of an enabled group of ours. */
  readonly release_group_title: string;
  /** Every custom app of the site; others of its group may be left out, and then are. */
  readonly custom_app_sources: readonly CustomAppSource[];
  /**
   * Naive, in the server's zone: the site is not touched before. Null: as soon as the bench stands.
   * The build starts at once in any case (D 1.7).
   */
  readonly scheduled_time: string | null;
}

/**
 * Makes a private group of the next version on the site's server, starts its first build within
 * the request, and registers the upgrade into it; answers the group. Mutating, with downtime
 * later (C 1.4). Trackers: builds, queue and benches of the group, then `listSiteUpdates`;
 * `upgradeStanding` is Pending while building, Scheduled once the bench is Active (observed-2 2).
 * When build or queue fail, the record stays Pending for ever and blocks the site: `deleteGroup`.
 *
 * Repeated: 417 (see `isTitleTaken`, `updateRefusal`) once the first has ended, but TWO groups,
 * builds and records that block each other while it is still running (observed-2 1): never before
 * the horizon. A lost one: `listGroupsByTitle`, then `linked_version_upgrade` of the group.
 *
 * @throws PressError "Failed to create and deploy bench: ..." also when our user lacks a role; a
 * 5xx proves nothing, the call commits half way
 */
export function createPrivateBenchForUpgrade(
  press: Transport,
  { site, ...args }: CreatePrivateBench,
  options?: CallOptions,
): Promise<string> {
  const method = 'press.api.site.create_private_bench_for_site_upgrade';
  return tellForName(press, method, { name: site, ...args }, options);
}

const StandingSchema = z.object({
  /** Null too when the newest has ended well or badly, or is more than two days ahead. */
  version_upgrade: z
    .object({
      status: z.enum(['Scheduled', 'Pending', 'Running', 'Success', 'Failure', 'Cancelled']),
      scheduled_time: naiveDatetime.nullable(),
      /** The update job. */
      job_id: z.string().nullable(),
    })
    .nullable(),
  /** A move to another server or region; null as above, a day ahead. */
  site_migration: z
    .object({
      status: z.enum(['Scheduled', 'Pending', 'Running', 'Success', 'Failure']),
      scheduled_time: naiveDatetime.nullable(),
      job_id: z.string().nullable(),
    })
    .nullable(),
});
export type UpgradeStanding = z.infer<typeof StandingSchema>;

/**
 * What leaks out of the records of upgrades and moves, which nobody may read. Read (C 1.0, 2.9).
 * A Cancelled upgrade is shown; null is no proof that nothing is planned. Turns null up to 5
 * minutes after the site is done.
 *
 * @throws PressError `FORBIDDEN` for a site of another team
 */
export function upgradeStanding(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<UpgradeStanding> {
  return ask(press, 'press.api.site.get', { name: args.site }, StandingSchema, options);
}
