import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { lastRun } from '../../../src/client/last-run.js';

const BEGUN = { at: '2026-11-20T02:30:00.000Z', workflowId: 'backup:shop.example.com:nightly-1' };

const clientOf = (describe: () => Promise<unknown>): Client =>
  ({ workflow: { getHandle: () => ({ describe }) } }) as unknown as Client;

/** A run that is under way, as Temporal describes it. */
const running = (attempt: number, state?: string): Client => {
  const attributes = [{ key: { name: 'OperationStatus' }, value: state }];
  const description = {
    status: { name: 'RUNNING' },
    raw: { pendingWorkflowTask: { attempt } },
    typedSearchAttributes: { getAll: () => (state === undefined ? [] : attributes) },
  };
  return clientOf(() => Promise.resolve(description));
};

it.each([
  [running(1), 'under_way', null, null],
  [running(1, 'waiting_approval'), 'under_way', 'waiting approval', null],
  [running(1, 'needs_human'), 'under_way', 'needs a person', false],
  [running(5, 'running'), 'stuck', 'its workflow task keeps failing', false],
])('tells of a run that is under way (%#)', async (client, outcome, detail, ok) => {
  const last = await lastRun(client, BEGUN);
  expect(last).toMatchObject({ ...BEGUN, outcome, ok, endedAt: null });
  expect(last.detail?.split(':')[0] ?? null).toBe(detail);
});

it('tells of one that Temporal has forgotten', async () => {
  const gone = clientOf(() =>
    Promise.reject(new WorkflowNotFoundError('gone', BEGUN.workflowId, undefined)),
  );
  expect(await lastRun(gone, BEGUN)).toEqual({
    ...BEGUN,
    outcome: 'unknown',
    detail: null,
    ok: null,
    endedAt: null,
  });
});
