import type { Backups } from '../../schemas/estate/backups.js';
import type { Job, Jobs } from '../../schemas/estate/jobs.js';
import type { View } from '../output.js';
import { row } from '../render/rows.js';
import { between } from '../render/time.js';
import { size } from '../render/vault.js';
import { statusOfWork } from './status.js';
import { tableOf } from './table.js';

/** A line per job, the newest first. */
export function renderJobs({ site, jobs, next }: Jobs, view: View): readonly string[] {
  const { colors, now } = view;
  if (jobs.length === 0) return [`No jobs of ${site}${next === null ? '' : ' here'}.`];
  const rows = jobs.map((job) => [
    job.type,
    statusOfWork(job.status, colors),
    `${between(job.createdAt, now)} ago`,
    tookOf(job, now),
    job.name,
  ]);
  return [
    ...tableOf(['job', 'status', 'begun', 'took', 'name'], rows, colors.dim),
    ...(next === null ? [] : [`  there are more: npx sitewright jobs ${site} --start ${next}`]),
    `  steps and output of one: npx sitewright job <name>`,
  ];
}

/** A job with its steps; below a step what it printed. */
export function renderJob(job: Job, { colors, now }: View): readonly string[] {
  return [
    `${colors.bold(job.type)}   ${statusOfWork(job.status, colors)}   ${job.name}`,
    row(['begun', `${between(job.createdAt, now)} ago`]),
    ...(job.startedAt === null ? [] : [row(['took', tookOf(job, now)])]),
    '',
    ...job.steps.flatMap(({ name, status, output }) => [
      `  ${name}   ${statusOfWork(status, colors)}`,
      ...(output === '' ? [] : output.split('\n').map((line) => colors.dim(`    ${line}`))),
    ]),
    ...(job.steps.length === 0 ? ['  no steps: no server has taken it yet'] : []),
  ];
}

function tookOf({ startedAt, endedAt }: Pick<Job, 'startedAt' | 'endedAt'>, now: Date): string {
  if (startedAt === null) return '';
  return endedAt === null ? `${between(startedAt, now)} so far` : between(startedAt, endedAt);
}

/** A line per backup, the newest first. */
export function renderBackups(
  { site, backups }: Backups,
  { colors, now }: View,
): readonly string[] {
  if (backups.length === 0) {
    return [
      `No backup of ${site} has its files any more, and none is being taken.`,
      `Take one: npx sitewright backup ${site}`,
    ];
  }
  const rows = backups.map((backup) => [
    `${between(backup.takenAt, now)} ago`,
    statusOfWork(backup.status, colors),
    backup.physical ? 'snapshot' : backup.withFiles ? 'with files' : 'database',
    backup.offsite ? 'offsite' : 'on the server',
    backup.bytes === null ? '' : size(backup.bytes),
    backup.scheduled ? 'Frappe Cloud' : 'this team',
    backup.name,
  ]);
  const head = ['taken', 'status', 'what', 'where', 'size', 'by', 'name'];
  return [
    ...tableOf(head, rows, colors.dim),
    '  those on the server are gone after a day; the copies that last: npx sitewright vault list',
  ];
}
