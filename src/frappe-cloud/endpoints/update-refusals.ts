import { PressError, PressErrorCode } from '../errors.js';

/** Why Press would not update or upgrade a site. */
export type UpdateRefusal =
  /** The site is busy; the same call may pass later. */
  | 'site_busy'
  /** Another upgrade of the site is open; a new one is refused until it ends or its group goes. */
  | 'upgrade_open'
  /** Another update is scheduled, running, or on its way back. */
  | 'update_open'
  /** The site is being moved, or will be. */
  | 'move_open'
  /** `fatal_site_update` is set: only a restore clears it with a team's rights (D 2.4). */
  | 'fatal'
  /** Nothing newer, or no Active bench of the destination group on the site's server. */
  | 'no_bench'
  /** The next version has no public bench for this site. */
  | 'no_public_bench'
  /** The destination group does not list the site's server: see `addServerToGroup`. */
  | 'not_on_server'
  /** The destination lacks apps of the site. */
  | 'apps_missing'
  /** Target more than one version away, or downwards from Nightly. */
  | 'version_step'
  /** The database is too large for an update without a physical backup. */
  | 'too_large';

/** Texts of C 1.0, 1.1 and 2.1. */
const TEXTS: readonly (readonly [RegExp, UpdateRefusal])[] = [
  [/site is under maintenance/i, 'site_busy'],
  [/already has a pending or ongoing version upgrade/i, 'upgrade_open'],
  [/\b(update is already pending for|site update is scheduled for)\b/i, 'update_open'],
  [/\bsite migration (is scheduled )?for\b/i, 'move_open'],
  [/\bfatal (error during last )?update\b/i, 'fatal'],
  [/could not find suitable destination bench/i, 'no_bench'],
  [/there are no public benches with the version/i, 'no_public_bench'],
  [/is not deployed on the site server/i, 'not_on_server'],
  [/doesn't have some of the apps installed/i, 'apps_missing'],
  [/skipping a major version is unsupported|downgrading from nightly/i, 'version_step'],
  [/is too large to update without a physical backup/i, 'too_large'],
];

/**
 * What a refusal of `scheduleUpdate`, `versionUpgrade` or `createPrivateBenchForUpgrade` means;
 * null for anything else. An upgrade that cannot start ends in an error about its own vanished
 * record; the reason is the first of the server's messages (observed-2 2).
 */
export function updateRefusal(error: unknown): UpdateRefusal | null {
  if (!(error instanceof PressError)) return null;
  if (error.code === PressErrorCode.BUSY) return 'site_busy';
  if (error.code !== PressErrorCode.REFUSED) return null;
  const said = error.serverMessages.length > 0 ? error.serverMessages : [error.message];
  for (const text of said) {
    const known = TEXTS.find(([pattern]) => pattern.test(text));
    if (known) return known[1];
  }
  return null;
}
