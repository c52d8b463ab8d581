import { takeQueueFault } from '../faults/matching.js';
import { text } from '../json.js';
import { ceilTo, milliseconds } from '../jobs/agent.js';
import { createJob } from '../jobs/create.js';
import type { BenchRow } from '../world/catalogue.js';
import type { QueueRow } from '../world/deploys.js';
import type { World } from '../world/world.js';
import { groupFacts } from './facts.js';

/** Queues a built image for a server; the queue is worked off at the next tick (C 3.6). */
export function queueBench(
  world: World,
  image: Pick<QueueRow, 'group' | 'team' | 'candidate' | 'server'>,
): void {
  const { group, team, candidate, server } = image;
  const row: QueueRow = {
    ...world.newRow('Administrator'),
    group,
    team,
    candidate,
    server,
    status: 'Queued',
    fault: takeQueueFault(world.state, groupFacts(world, group)),
  };
  world.state.queue[row.name] = row;
  const tick = milliseconds(world.timings.pollTick);
  world.schedule(ceilTo(world.now() + 1, tick), 'bench.queue', row.name);
}

/** Registers the working off of the queue with the clock. */
export function installBenchQueue(world: World): void {
  world.onTask('bench.queue', (ref) => {
    const row = world.state.queue[text(ref)];
    if (row?.status !== 'Queued') return;
    row.status = row.fault === null ? 'Started' : 'Failure';
    world.touch(row);
    if (row.status === 'Started') createBench(world, row);
  });
}

function createBench(world: World, image: QueueRow): void {
  const bench = insertBench(world, image, 'Pending');
  createJob(world, {
    jobType: 'New Bench',
    site: null,
    bench: bench.name,
    server: bench.server,
    owner: bench.owner,
  });
  world.effect('bench.create', bench.group);
}

/** The row of a bench of an image, at work on it or already up. */
export function insertBench(
  world: World,
  { group, team, candidate, server }: Pick<QueueRow, 'group' | 'team' | 'candidate' | 'server'>,
  status: 'Pending' | 'Active',
): BenchRow {
  const bench: BenchRow = {
    ...world.newRow('Administrator', freeBenchName(world, candidate, server)),
    group,
    candidate,
    team,
    server,
    cluster: world.state.servers[server]?.cluster ?? '',
    status,
    apps: [...(world.state.candidates[candidate]?.apps ?? [])],
    updateAvailable: false,
    sshProxy: status === 'Active',
  };
  world.state.benches[bench.name] = bench;
  return bench;
}

/** `bench-0005-000002-f1-mumbai`; the number is the candidate's (seq-sgd-resume). */
function freeBenchName(world: World, candidate: string, server: string): string {
  const base = `${candidate.replace('deploy', 'bench')}-${server.split('.')[0] ?? server}`;
  let name = base;
  for (let n = 1; name in world.state.benches; n += 1) name = `${base}-${n}`;
  return name;
}
