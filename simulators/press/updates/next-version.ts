import { refuse } from '../http/errors.js';
import type { World } from '../world/world.js';

const FINISHED = ['Stable', 'End of Life'];

/** The version after the one of a name. @throws 417 */
export function nextVersion(world: World, name: string): World['state']['versions'][number] {
  const known = world.state.versions.find((row) => row.name === name);
  if (known === undefined) throw refuse(`Invalid Frappe version: ${name}`);
  const next = world.state.versions.find(
    ({ number, status }) => number === known.number + 1 && FINISHED.includes(status),
  );
  if (next === undefined) throw refuse(`Next version not found for ${name}`);
  return next;
}
