import { readFileSync } from 'node:fs';

/** A workflow that must not be bundled. */
export async function readsFiles(): Promise<string> {
  return readFileSync('secret', 'utf8');
}
