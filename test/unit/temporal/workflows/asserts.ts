import { deepEqual } from 'node:assert';

/** Imports one of the few Node modules that the sandbox has. */
export async function asserts(value: string): Promise<string> {
  deepEqual(value, value);
  return value;
}
