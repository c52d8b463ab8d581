import { proxyServer } from '../sites/servers.js';
import { createJob } from '../jobs/create.js';
import type { JobType } from '../jobs/job-types.js';
import { cancelUpgradeTo, scheduleUpgradeTo } from '../updates/bench-for-upgrade.js';
import type { BenchRow } from '../world/catalogue.js';
import type { JobRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { archiveBench, hasSites } from './archive.js';
import { updateSitesOfDeploy } from './follow-deploy.js';
import { watchIdleBench } from './idle.js';
import { continueOrder, failOrder } from './orders.js';
import { queueBench } from './queue.js';
import { benchesOf } from './status.js';

/** Errors after which the server puts up the bench once more (C 3.6). */
const REGISTRY_ERROR = /TLS handshake timeout|docker.*retry/i;
const MOST_BENCHES_PER_IMAGE = 3;

/** What a job of a bench does to the bench (A 3.9b). */
export function afterBenchJob(world: World, bench: BenchRow, job: JobRow): void {
  if (bench.status === 'Archived') return;
  switch (job.jobType) {
    case 'New Bench':
      afterNewBench(world, bench, job);
      return;
    case 'Archive Bench':
      afterArchive(world, bench, job);
      return;
    case 'Add User to Proxy':
      if (job.status === 'Success') bench.sshProxy = true;
      return;
    default:
  }
}

function afterNewBench(world: World, bench: BenchRow, job: JobRow): void {
  switch (job.status) {
    case 'Pending':
    case 'Undelivered':
      return;
    case 'Running':
      setStatus(world, bench, 'Installing');
      return;
    case 'Success':
      // First what can fail: then nothing of this callback has happened (A 3.5 item 5).
      continueOrder(world, bench);
      scheduleUpgradeTo(world, bench);
      setStatus(world, bench, 'Active');
      onProxy(world, bench, 'Add User to Proxy');
      watchIdleBench(world, bench);
      updateSitesOfDeploy(world, bench);
      return;
    case 'Failure':
      setStatus(world, bench, 'Broken');
      failOrder(world, bench.group);
      cancelUpgradeTo(world, bench);
      if (mayRepeat(world, bench, job)) archiveBench(world, bench, 'Administrator', true);
      return;
    case 'Delivery Failure':
      // The order is not told (A 3.5 item 3).
      setStatus(world, bench, 'Broken');
      cancelUpgradeTo(world, bench);
  }
}

function mayRepeat(world: World, bench: BenchRow, job: JobRow): boolean {
  const failed = job.steps.find((step) => step.status === 'Failure');
  const siblings = benchesOf(world, bench.group).filter(
    (row) => row.candidate === bench.candidate && row.server === bench.server,
  );
  return REGISTRY_ERROR.test(failed?.output ?? '') && siblings.length < MOST_BENCHES_PER_IMAGE;
}

function afterArchive(world: World, bench: BenchRow, job: JobRow): void {
  switch (job.status) {
    case 'Success':
      setStatus(world, bench, 'Archived');
      onProxy(world, bench, 'Remove User from Proxy');
      if (job.data.retryNewBench === true) queueBench(world, bench);
      return;
    case 'Failure':
      setStatus(world, bench, hasSites(world, bench) ? 'Active' : 'Broken');
      return;
    case 'Delivery Failure':
      setStatus(world, bench, 'Active');
      return;
    case 'Undelivered':
    case 'Pending':
    case 'Running':
      setStatus(world, bench, 'Pending');
  }
}

function setStatus(world: World, bench: BenchRow, status: BenchRow['status']): void {
  bench.status = status;
  world.touch(bench);
}

/** SSH access is the proxy's affair; these jobs carry the bench (agent-job-list-by-group). */
function onProxy(world: World, bench: BenchRow, jobType: JobType): void {
  createJob(world, {
    jobType,
    site: null,
    bench: bench.name,
    server: proxyServer(world.state.rootDomains[0] ?? ''),
    owner: bench.owner,
  });
}
