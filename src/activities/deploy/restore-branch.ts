import type { UndoArgs } from '../../domain/activity-types.js';
import type { UndoAnswer } from '../../domain/saga.js';
import { type Account, type CallOptions, getReleaseGroup } from '../../frappe-cloud/index.js';
import { resolveEarlierSend, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { Refused } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { branchCommand } from './commands.js';

/** The way back of a branch switch: the app is taken from its branch as before (D 1.5). */
export function createRestoreBranchActivities(deps: ActivityDeps) {
  return {
    async restoreBranch(args: UndoArgs<'restoreBranch'>): Promise<UndoAnswer> {
      return whileBeating((signal) => restoreBranch(deps, args, { signal, priority: 'high' }));
    },
  };
}

async function restoreBranch(
  deps: ActivityDeps,
  { operationId, round, account: name, group, branch }: UndoArgs<'restoreBranch'>,
  options: CallOptions,
): Promise<UndoAnswer> {
  const account = deps.accounts.get(name);
  const { app, from, to, source } = branch;
  const row = (await deps.ledger.commandsOf(operationId)).find(
    ({ step }) => step === `branch ${app}`,
  );
  const never = { result: 'nothing', message: `${app} stayed on ${from}` } as const;
  if (row === undefined || row.state === 'intended' || row.state === 'refused') return never;
  if (row.state === 'sent') {
    // One that Press begins after our undo would switch it again.
    const command = branchCommand(account, row, { group, app, to }, 'after_horizon', options);
    const found = await resolveEarlierSend(deps, command, row).catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    if (found === null) return never;
  }
  const key = { operationId, step: `undo branch ${app}`, round };
  const back = { group, app, to: from };
  await runCommand(deps, branchCommand(account, key, back, 'at_once', options));
  const now = await sourceOf(account, group, app, options);
  const other = now === source ? '' : `, by the App Source ${now ?? '(none)'} instead of ${source}`;
  return { result: 'undone', message: `${app} is on ${from} again${other}` };
}

async function sourceOf(
  { press }: Account,
  group: string,
  app: string,
  options: CallOptions,
): Promise<string | null> {
  const found = await getReleaseGroup(press, { group }, options);
  if (found.found !== 'own') return null;
  return found.group.apps.find((row) => row.app === app)?.source ?? null;
}
