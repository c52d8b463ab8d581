import type { LastRun } from '../../../src/client/last-run.js';
import type { Schedules } from '../../../src/client/schedules.js';
import { eventually } from '../provision/support.js';

export const DAILY = { everyMs: 86_400_000, offsetMs: 9_000_000 };
export const REQUEST = { account: 'main', requestedBy: 'ops' } as const;

/** Waits until the list tells something of the last time of a schedule. */
export async function lastOf(
  schedules: Schedules,
  name: string,
  isSo: (last: LastRun) => boolean,
): Promise<LastRun> {
  let found: LastRun | null = null;
  await eventually(async () => {
    const last = (await schedules.list()).find((schedule) => schedule.name === name)?.last ?? null;
    found = last !== null && isSo(last) ? last : null;
    return found !== null;
  });
  if (found === null) throw new Error(`nothing is told of ${name}`);
  return found;
}

/** Waits until a schedule has begun something; the workflow id of that. */
export const begun = async (schedules: Schedules, name: string): Promise<string> =>
  (await lastOf(schedules, name, () => true)).workflowId;
