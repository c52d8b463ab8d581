import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Changes within this real time are saved together. */
const SAVE_AFTER_MS = 300;

/** A world that can be saved. */
interface Saved {
  state: { now: number };
  now(): number;
  onChange: () => void;
}

/**
 * @param what the name of the simulator, for the error
 * @throws when the file is there but is not a saved world of this format.
 */
export function loadState<S extends { format: number }>(
  path: string,
  format: number,
  what: string,
): S | null {
  if (!existsSync(path)) return null;
  const state = JSON.parse(readFileSync(path, 'utf8')) as Partial<S>;
  if (state.format !== format) {
    throw new Error(`${path} is not a ${what} world of format ${format}: remove it`);
  }
  return state as S;
}

/** Saves the world after changes. @returns what saves it at once and ends the saving. */
export function keepSaved(world: Saved, path: string): () => void {
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
