import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, condition, sleep, startChild } from '@temporalio/workflow';
import {
  type BatchReport,
  endOfUpdate,
  type NotUpdated,
  type SiteBatch,
  type UpdateState,
} from '../domain/bench-deploys.js';
import { WORKFLOW_TYPE, workflowIdFor } from '../domain/operations.js';
import { readStands, readUpdateStates } from './activities.js';
import type { updateSite } from './update-site.js';

/** How many sites of a group are updated side by side: each makes a backup and migrates. */
const AT_ONCE = 5;

/** How often a site is looked at that Press works on by itself, two minutes apart. */
const LOOKS = 30;

/** A site whose update is under way. */
interface UnderWay {
  readonly site: string;
  readonly operationId: string;
}

/**
 * Updates some sites of a deploy, a few at a time, each by an operation of its own: with its own
 * page, lock, safety copy and outcome. One that needs a person counts as failed and goes on without
 * this batch. Cancelled, or when too many have failed, no more are begun; those under way are waited
 * for. Not an operation: it has no record, everything worth keeping is in those of its sites.
 */
export async function updateSites(batch: SiteBatch): Promise<BatchReport> {
  let stopped = false;
  CancellationScope.current().cancelRequested.catch(() => (stopped = true));
  return CancellationScope.nonCancellable(() => run(batch, () => stopped));
}

async function run(batch: SiteBatch, isStopped: () => boolean): Promise<BatchReport> {
  const { account, group, build, sites } = batch;
  const look = () => readStands({ account, group, build, sites });
  const before = await look();
  const { askAgainMs } = await readUpdateStates({ operationIds: [] });
  const waiting = [...before.behind];
  const underWay = new Map<string, UnderWay>();
  const ended = new Map<string, UpdateState>();
  const news: UpdateState[] = [];

  const failures = () => [...ended.values()].filter(({ ok }) => !ok).length;
  const mayBegin = () => waiting.length > 0 && !isStopped() && failures() < batch.mayFail;
  while (mayBegin() || underWay.size > 0) {
    while (mayBegin() && underWay.size < AT_ONCE) {
      const site = waiting.shift() ?? '';
      const begun = await begin(batch, site, (state) => news.push(state));
      underWay.set(begun.operationId, begun);
    }
    const told = await condition(() => news.length > 0, askAgainMs, {
      summary: 'until a site has ended',
    });
    // Whoever needs a person says so in the ledger only; there is also what another run has begun.
    const states = told
      ? news.splice(0)
      : (await readUpdateStates({ operationIds: [...underWay.keys()] })).states;
    for (const state of states) {
      const { site } = underWay.get(state.operationId) ?? {};
      if (site === undefined || state.state === 'open') continue;
      ended.set(site, state);
      underWay.delete(state.operationId);
    }
  }
  // What Press updates by itself meanwhile is updated, too: it is given time to come to rest.
  let after = await look();
  const isOpen = (site: string): boolean => {
    const { ok = true, state } = ended.get(site) ?? {};
    return !ok && state === 'ended' && after.moving.includes(site);
  };
  for (let looks = 0; looks < LOOKS && sites.some(isOpen); looks += 1) {
    await sleep(askAgainMs);
    after = await look();
  }
  const isUpdated = (site: string): boolean => {
    const { ok = false, state } = ended.get(site) ?? {};
    return ok || (state !== 'needs_human' && after.updated.includes(site));
  };
  const notUpdated: NotUpdated[] = [...ended]
    .filter(([site]) => !isUpdated(site))
    .map(([site, { operationId, state, reason }]) => ({
      site,
      operationId,
      how: state === 'needs_human' ? 'fatal' : 'failed',
      reason: state === 'needs_human' ? 'its update needs a person' : reason,
    }));
  return {
    updated: sites.filter(isUpdated),
    notUpdated: [...notUpdated, ...impossible(before.impossible)],
    notStarted: waiting,
    stopped: isStopped(),
  };
}

const impossible = (sites: Readonly<Record<string, string>>): readonly NotUpdated[] =>
  Object.entries(sites).map(([site, reason]) => ({
    site,
    how: 'impossible',
    reason,
    operationId: null,
  }));

/** Begins the update of a site; one that another run of the deploy has begun is followed. */
async function begin(
  batch: SiteBatch,
  site: string,
  onEnd: (state: UpdateState) => void,
): Promise<UnderWay> {
  const { account, requestedBy, group, deploy, skipFailingPatches } = batch;
  const number = batch.from + batch.sites.indexOf(site) + 1;
  const operationId = `${deploy.slice(0, 56)}-${number}`;
  try {
    const child = await startChild<typeof updateSite>(WORKFLOW_TYPE.update, {
      workflowId: workflowIdFor('update', site, operationId),
      args: [
        {
          operationId,
          account,
          requestedBy,
          site,
          deploy,
          reason: `deploy of ${group}`,
          ...(skipFailingPatches && { skipFailingPatches }),
        },
      ],
      // It outlives its deploy, if a person has to look after it.
      parentClosePolicy: 'ABANDON',
    });
    const failed = { ok: false, reason: 'its run has failed: look at it in Temporal' };
    void child
      .result()
      .then(endOfUpdate, () => failed)
      .then((end) => onEnd({ operationId, state: 'ended', ...end }));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return { site, operationId };
}
