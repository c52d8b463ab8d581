import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WorldState } from './world/model.js';
import type { World } from './world/world.js';

/** Changes within this real time are saved together. */
const SAVE_AFTER_MS = 300;

const FORMAT = 6;

/** @throws when the file is there but is not a saved world of this version. */
export function loadState(path: string): WorldState | null {
  if (!existsSync(path)) return null;
  const state = JSON.parse(readFileSync(path, 'utf8')) as Partial<WorldState>;
  if (state.format !== FORMAT) {
    throw new Error(`${path} is not a Press simulator world of format ${FORMAT}: remove it`);
  }
  return state as WorldState;
}

/** Saves the world after changes. @returns what saves it at once and ends the saving. */
export function keepSaved(world: World, path: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    timer = undefined;
    world.state.now = world.now();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(world.state));
    renameSync(`${path}.new`, path);
  };
  world.onChange = () => {
    timer ??= setTimeout(save, SAVE_AFTER_MS).unref();
  };
  return () => {
    clearTimeout(timer);
    world.onChange = () => {};
    save();
  };
}
