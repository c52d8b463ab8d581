import { loadState as load } from '../shared/state-file.js';
import type { WorldState } from './world/model.js';

export { keepSaved } from '../shared/state-file.js';

const FORMAT = 6;

/** @throws when the file is there but is not a saved world of this version. */
export function loadState(path: string): WorldState | null {
  return load<WorldState>(path, FORMAT, 'Press simulator');
}
