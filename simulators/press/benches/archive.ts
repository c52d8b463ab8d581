import { createJob } from '../jobs/create.js';
import { milliseconds } from '../jobs/agent.js';
import { archiveError, checkMoves } from './archive-moves.js';
import type { BenchRow } from '../world/catalogue.js';
import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';

const HOUR_MS = 3_600_000;
/** How long an archive job keeps another one away, and a failed one (A 3.9). */
const ARCHIVED_FOR = milliseconds(6 * HOUR_MS);
const FAILED_FOR = milliseconds(24 * HOUR_MS);

/**
 * `Bench.archive` (A 3.9): a bench of any status without sites and without running jobs.
 *
 * @param retryNewBench a new bench of the same image is put up once this one is gone.
 * @throws 417 ArchiveBenchError
 */
export function archiveBench(
  world: World,
  bench: BenchRow,
  user: string,
  retryNewBench = false,
): void {
  checkArchivable(world, bench);
  bench.status = 'Pending';
  world.touch(bench, user);
  createJob(world, {
    jobType: 'Archive Bench',
    site: null,
    bench: bench.name,
    server: bench.server,
    owner: user,
    data: { retryNewBench },
  });
  world.effect('bench.archive', bench.name);
}

function checkArchivable(world: World, bench: BenchRow): void {
  if (hasSites(world, bench)) {
    throw archiveError(
      'Cannot archive bench due to unarchived sites on bench. ' +
        'Please archive all the sites on the bench and retry.',
    );
  }
  const jobs = Object.values(world.state.jobs).filter((job) => job.bench === bench.name);
  // A job that is only Undelivered does not stop it (r2-seq-sgd-zombie-reborn-after-archive).
  if (jobs.some(({ status }) => status === 'Pending' || status === 'Running')) {
    throw archiveError(
      'Cannot archive bench because of ongoing jobs. Please retry after the job queue is cleared.',
    );
  }
  checkMoves(world, bench);
  const isRecent = (job: JobRow, age: number): boolean => world.now() - job.creation < age;
  const archives = jobs.filter(({ jobType }) => jobType === 'Archive Bench');
  if (archives.some((job) => job.status === 'Failure' && isRecent(job, FAILED_FOR))) {
    throw archiveError('A previous archive job executed in the last 24 hours has failed.');
  }
  if (bench.status === 'Archived' || archives.some((job) => isRecent(job, ARCHIVED_FOR))) {
    throw archiveError('Bench is already archived');
  }
}

/** Whether any site that is not archived stands on the bench. */
export function hasSites(world: World, bench: BenchRow): boolean {
  return Object.values(world.state.sites).some(
    (site) => site.bench === bench.name && site.status !== 'Archived',
  );
}
