import { siteOf } from './backups.js';
import { MINUTE, type Press, SECOND, startPress } from './press-client.js';

export const SITE = 'acme-one.frappe.cloud';
export const OLD_BENCH = 'bench-0001-000001-f1-mumbai';
export const NEW_BENCH = 'bench-0001-000002-f1-mumbai';

/** A site whose group has a newer bench. */
export async function withUpdate(group = 'bench-0001'): Promise<Press> {
  const press = await startPress();
  await press.activeSite('acme-one', { group });
  press.sim.releaseUpdate(group);
  return press;
}

export const update = (press: Press, args: object = {}) => press.rdm(SITE, 'schedule_update', args);

export const failStep = (press: Press, jobType: string, step: string | number) =>
  press.sim.addFault({ job: { jobType }, fault: { kind: 'fail_step', step } });

/** Site and update as they are. */
export function standing(press: Press) {
  const { status, bench, fatalUpdate } = siteOf(press, SITE);
  const newest = press.sim.estate().updates.at(-1);
  return { update: newest?.status, status, bench, isFatal: fatalUpdate !== null };
}

/** What update and site show second by second, repeats left out. */
export function story(press: Press, minutes = 10): string[] {
  const told: string[] = [];
  for (let waited = 0; waited < minutes * MINUTE; waited += SECOND) {
    const { update: row, status } = standing(press);
    const chapter = `${row ?? 'none'}, ${status}`;
    if (told.at(-1) !== chapter) told.push(chapter);
    press.sim.clock.advance(SECOND);
  }
  return told;
}
