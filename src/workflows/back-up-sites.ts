import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  condition,
  continueAsNew,
  isCancellation,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { endOfUpdate, type UpdateState } from '../domain/bench-deploys.js';
import { type BackUpSitesInput, type FleetBackups, isComplete } from '../domain/fleet-backups.js';
import { operationIdFrom, WORKFLOW_TYPE, workflowIdFor } from '../domain/operations.js';
import { listActiveSites, readUpdateStates, reportRound } from './activities.js';
import type { backUpSite } from './back-up-site.js';
import { problemOf } from './failures.js';

/** How many backups are under way side by side: each brings all files of a site into the vault. */
const AT_ONCE = 5;
/** What the result names, so that it fits into one message however many sites there are. */
const MOST_FAILURES = 50;
const REASON_LENGTH = 200;

const NOTHING: FleetBackups = { backedUp: 0, failed: 0, failures: [] };

/**
 * Backs up every Active site of an account into the vault, some at a time, each by an operation of its
 * own. One that needs a person counts as failed, and goes on without this round. Works off a page of
 * sites, and goes on as a new run. Not an operation: it has no record, everything worth keeping is in
 * those of its sites. At its end one that is not complete is said once in the worker's log.
 */
export async function backUpSites(input: BackUpSitesInput): Promise<FleetBackups> {
  const { account, soFar = NOTHING } = input;
  let report = soFar;
  let goOnAfter: string | null = null;
  try {
    goOnAfter = await backUpPage(input, (site, state) => {
      report = counted(report, site, state);
    });
  } catch (error) {
    const problem = isCancellation(error) ? null : problemOf(error, 'round');
    if (problem === null) throw error;
    report = { ...report, stopped: problem.message };
  }
  if (goOnAfter !== null) {
    return continueAsNew<typeof backUpSites>({ ...input, after: goOnAfter, soFar: report });
  }
  if (!isComplete(report)) await reportRound({ operationId: roundId(), account, report });
  return report;
}

/** Works off a page of sites; its last one, if there may be more. */
async function backUpPage(
  input: BackUpSitesInput,
  count: (site: string, state: UpdateState) => void,
): Promise<string | null> {
  const { account, after = '', soFar = NOTHING } = input;
  const { sites, more } = await listActiveSites({ account, after });
  await backUpAll(input, { sites, before: soFar.backedUp + soFar.failed }, count);
  return more ? (sites.at(-1) ?? null) : null;
}

async function backUpAll(
  input: BackUpSitesInput,
  { sites, before }: { readonly sites: readonly string[]; readonly before: number },
  count: (site: string, state: UpdateState) => void,
): Promise<void> {
  const { askAgainMs } = await readUpdateStates({ operationIds: [] });
  const waiting = [...sites];
  const underWay = new Map<string, string>();
  const news: UpdateState[] = [];
  while (waiting.length > 0 || underWay.size > 0) {
    while (waiting.length > 0 && underWay.size < AT_ONCE) {
      const site = waiting.shift() ?? '';
      const number = before + sites.length - waiting.length;
      underWay.set(await begin(input, { site, number }, (state) => news.push(state)), site);
    }
    const told = await condition(() => news.length > 0, askAgainMs, {
      summary: 'until a backup has ended',
    });
    // Whoever needs a person says so in the ledger only.
    const states = told
      ? news.splice(0)
      : (await readUpdateStates({ operationIds: [...underWay.keys()] })).states;
    for (const state of states) {
      const site = underWay.get(state.operationId);
      if (site === undefined || state.state === 'open') continue;
      underWay.delete(state.operationId);
      count(site, state);
    }
  }
}

/** Begins the backup of a site; one that an earlier attempt has begun is followed. */
async function begin(
  { account, requestedBy }: BackUpSitesInput,
  { site, number }: { readonly site: string; readonly number: number },
  onEnd: (state: UpdateState) => void,
): Promise<string> {
  const operationId = `${roundId()}-${number}`;
  try {
    const child = await startChild<typeof backUpSite>(WORKFLOW_TYPE.backup, {
      workflowId: workflowIdFor('backup', site, operationId),
      args: [{ operationId, account, requestedBy, site, reason: 'backup of all sites' }],
      // It outlives its round, if a person has to look after it.
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
  return operationId;
}

/** What the ids of its backups begin with. */
const roundId = (): string => operationIdFrom(workflowInfo().workflowId).replace(/[^\w-]/g, '');

function counted(
  { backedUp, failed, failures }: FleetBackups,
  site: string,
  { ok, state, reason, operationId }: UpdateState,
): FleetBackups {
  if (ok) return { backedUp: backedUp + 1, failed, failures };
  const why = state === 'needs_human' ? 'needs a person' : reason.slice(0, REASON_LENGTH);
  const named = `${site}: ${why} (operation ${operationId})`;
  return {
    backedUp,
    failed: failed + 1,
    failures: failures.length < MOST_FAILURES ? [...failures, named] : failures,
  };
}
