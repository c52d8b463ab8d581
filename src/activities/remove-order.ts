import type { UndoArgs } from '../domain/activity-types.js';
import type { CommandKey } from '../domain/operations.js';
import type { UndoAnswer } from '../domain/saga.js';
import type { Tracker } from '../domain/trackers.js';
import {
  type Account,
  archiveBench,
  type CallOptions,
  deleteGroup,
  getGroupDeploy,
  getReleaseGroup,
  listBenches,
  listGroupJobs,
  listGroupsByTitle,
} from '../frappe-cloud/index.js';
import { runCommand } from './commands.js';
import type { ActivityDeps } from './deps.js';
import { NotYet, UndoFailed } from './errors.js';
import { readOrder } from './order-tracker.js';

const FINISHED = ['Success', 'Failure', 'Delivery Failure'];

type OrderTracker = Extract<Tracker, { kind: 'site-order' }>;

/**
 * Whether an order has come to rest, so that nothing it started goes on: a group deleted before
 * gives birth to the site later (observed-2 4). Answers its group, or null when it never had one.
 */
export async function restedGroup(
  deps: ActivityDeps,
  account: Account,
  tracker: OrderTracker,
): Promise<string | null> {
  const reading = await readOrder(account, tracker);
  if (reading.state === 'moving' && reading.stuck === undefined) {
    const at = reading.step?.name ?? reading.evidence.status ?? 'moving';
    throw new NotYet(
      `the order ${tracker.order} is at "${at}"; an undo waits until it rests`,
      deps.timing.undoInterval,
    );
  }
  const found = await getGroupDeploy(account.press, { name: tracker.order });
  return found.found === 'own' ? found.deploy.release_group : null;
}

/**
 * Drops the bench group of an order, after its site has gone: the group, then the benches that
 * dropping leaves (Broken, Pending), and reads back that nothing is left (A 3.7, A 3.9).
 */
export async function removeGroup(
  deps: ActivityDeps,
  account: Account,
  { operationId, round, target }: UndoArgs,
  group: string,
  options: CallOptions,
): Promise<UndoAnswer> {
  const { press } = account;
  const wait = deps.timing.undoInterval;
  const key = (step: string): CommandKey => ({ operationId, step, round });

  await runCommand(deps, {
    key: key('undo group'),
    account,
    endpoint: 'press.api.client.delete Release Group',
    payload: { group },
    // Succeeds again at any time (observed-2 1).
    repeat: 'at_once',
    async locate() {
      const found = await getReleaseGroup(press, { group }, options);
      const gone =
        found.found === 'none' || (found.found === 'own' && found.group.status === 'Disabled');
      return gone ? { state: 'found', tracker: { kind: 'done' }, evidence: {} } : { state: 'none' };
    },
    async send() {
      await deleteGroup(press, { group }, options);
      return { kind: 'done' };
    },
  });

  const jobs = await listGroupJobs(press, { group, job_types: ['Archive Bench'] }, options);
  const running = jobs.filter(({ status }) => !FINISHED.includes(status));
  for (const bench of await listBenches(press, { group }, options)) {
    if (bench.status === 'Archived') continue;
    if (running.some((job) => job.bench === bench.name)) {
      throw new NotYet(`bench ${bench.name} is being archived`, wait);
    }
    const archive = key(`undo bench ${bench.name}`);
    const asked = await deps.ledger.getCommand(archive);
    if (asked?.state === 'settled') {
      throw new UndoFailed(`bench ${bench.name} could not be archived: it is ${bench.status}`, {
        group,
        status: bench.status,
      });
    }
    await runCommand(deps, {
      key: archive,
      account,
      endpoint: 'press.api.client.run_doc_method Bench.archive',
      payload: { bench: bench.name },
      repeat: 'at_once',
      async locate() {
        const left = await listBenches(press, { group }, options);
        const there = left.some(({ name, status }) => name === bench.name && status !== 'Archived');
        return there
          ? { state: 'none' }
          : { state: 'found', tracker: { kind: 'done' }, evidence: {} };
      },
      async send() {
        await archiveBench(press, { bench: bench.name }, options);
        return { kind: 'done' };
      },
    });
    throw new NotYet(`bench ${bench.name} is being archived`, wait);
  }
  const titled = await listGroupsByTitle(press, { title: target.subdomain }, options);
  if (titled.some(({ name }) => name === group)) {
    throw new NotYet(`group ${group} still bears the title ${target.subdomain}`, wait);
  }
  return { result: 'undone', message: `bench group ${group} dropped, no bench is left` };
}
