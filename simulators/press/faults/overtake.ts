import { takeBackup } from '../backups/take.js';
import { PressError } from '../http/errors.js';
import { type PressRequest, readParams } from '../http/request.js';
import { text } from '../json.js';
import { updateByPress } from '../updates/by-press.js';
import type { World } from '../world/world.js';

/** Press works on the site of a call just before the call does; a refusal is its own affair. */
export function overtake(world: World, request: PressRequest, by: 'update' | 'backup'): void {
  const params = readParams(request);
  const site = world.state.sites[text(params.dn ?? params.name)];
  if (site === undefined) return;
  try {
    if (by === 'update') updateByPress(world, site);
    else takeBackup(world, site, { owner: 'Administrator', withFiles: false });
  } catch (error) {
    if (!(error instanceof PressError)) throw error;
  }
}
