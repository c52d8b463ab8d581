import type { Reading, Tracker } from '../../domain/trackers.js';
import { type Account, isOnServer } from '../../frappe-cloud/index.js';
import { isMoving, movingStage, readDeploy, whyNoBench } from '../provision/bench-progress.js';

type ServerBench = Extract<Tracker, { kind: 'bench-on-server' }>;

/** One look at a group that comes to another server: only a bench there tells (C 1.5, A 3.6). */
export async function readServerBench(
  account: Account,
  { group, server }: ServerBench,
): Promise<Reading> {
  const deploy = await readDeploy(account, group);
  const bench = deploy.benches.find((candidate) => isOnServer(candidate, server));
  const evidence = { group, ...(bench && { status: bench.status }) };
  if (bench?.status === 'Active') return { state: 'settled', outcome: 'success', evidence };
  const step = movingStage({ ...deploy, benches: bench ? [bench] : [] });
  if (step !== undefined || (bench && isMoving(bench))) {
    return { state: 'moving', evidence, ...(step && { step }) };
  }
  const isOver = bench?.status === 'Broken' || deploy.queue[0]?.status === 'Failure';
  if (!isOver) return { state: 'moving', evidence, stuck: `no bench comes to ${server}` };
  const reason = await whyNoBench(account, group, deploy.builds);
  const output = reason.output ?? `Press could not put the group up on ${server}`;
  return {
    state: 'settled',
    outcome: 'failure',
    evidence: { ...evidence, ...reason, output },
  };
}
