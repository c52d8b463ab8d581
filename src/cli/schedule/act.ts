import { SERVER, reaching } from '../../client/calls.js';
import { Schedules } from '../../client/schedules.js';
import { ExitCode } from '../exit-codes.js';
import type { ByOptions } from '../options.js';
import type { Output } from '../output.js';
import { personFrom } from '../person.js';
import { defaultsAt } from '../prepare-provision.js';
import { renderSchedules, rhythmText } from '../render/schedules.js';
import { findInstallation, type Installation, withSession } from '../session.js';
import { recurringOf } from './asked.js';
import type { CreateOptions } from './options.js';
import { nextTime, rhythmOf } from './rhythm.js';

/** Runs something on the schedules of the installation. */
async function on<T>(work: (schedules: Schedules) => Promise<T>, known?: Installation): Promise<T> {
  return withSession(
    ({ client, address }) => reaching(address, SERVER, () => work(new Schedules(client))),
    known,
  );
}

/** `schedule create <name>`. @throws InvalidInput */
export async function create(out: Output, name: string, options: CreateOptions): Promise<ExitCode> {
  const installation = await findInstallation();
  const requestedBy = personFrom(options.by, installation.config.user);
  const { account, domain } = defaultsAt(installation, requestedBy);
  const request = { account: options.account ?? account, requestedBy };
  const recurring = recurringOf(options, request, domain);
  const now = new Date();
  const rhythm = rhythmOf(options, now);
  await on((schedules) => schedules.create(name, recurring, rhythm), installation);
  const nextAt = nextTime(rhythm, now).toISOString();
  out.document({ name, what: 'created', ...rhythm, nextAt });
  out.lines([`The schedule ${name} is created: ${rhythmText(rhythm)}, next ${nextAt}.`]);
  return ExitCode.ok;
}

/** `schedule list`. */
export async function list(out: Output): Promise<ExitCode> {
  const schedules = await on((all) => all.list());
  for (const schedule of schedules) out.document(schedule);
  out.lines(renderSchedules(schedules, out.view()));
  return ExitCode.ok;
}

/** `schedule pause <name>`. */
export async function pause(
  out: Output,
  name: string,
  { by, reason }: ByOptions & { readonly reason?: string },
): Promise<ExitCode> {
  const installation = await findInstallation();
  const person = personFrom(by, installation.config.user);
  const why = { by: person, ...(reason !== undefined && { reason }) };
  await on((schedules) => schedules.pause(name, why), installation);
  return done(out, name, 'paused');
}

/** `schedule resume <name>`. */
export async function resume(out: Output, name: string, { by }: ByOptions): Promise<ExitCode> {
  const installation = await findInstallation();
  const person = personFrom(by, installation.config.user);
  await on((schedules) => schedules.resume(name, { by: person }), installation);
  return done(out, name, 'resumed');
}

/** `schedule run <name>`; what is still under way is a conflict. */
export async function runNow(out: Output, name: string): Promise<ExitCode> {
  const underWay = await on((schedules) => schedules.run(name));
  if (underWay === null) return done(out, name, 'begun');
  out.document({ name, what: 'under way', workflowId: underWay });
  out.lines([`The schedule ${name} is still under way, so nothing was begun: ${underWay}`]);
  return ExitCode.conflict;
}

/** `schedule delete <name>`. */
export async function remove(out: Output, name: string): Promise<ExitCode> {
  await on((schedules) => schedules.delete(name));
  return done(out, name, 'deleted');
}

function done(out: Output, name: string, what: string): ExitCode {
  out.document({ name, what });
  out.lines([`The schedule ${name} is ${what}.`]);
  return ExitCode.ok;
}
