import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { OperationHandle } from '../../src/client.js';
import { endOf, eventually } from '../integration/provision/support.js';
import type { Harness } from '../support/harness.js';
import { effectsOf, failuresOf, isByChance, leftOf, ledgerOf } from './observe.js';
import type { Act, Asked, Matrix, Row, Scene } from './row.js';

/** A row under way. */
export interface Running {
  readonly scene: Scene;
  readonly handle: OperationHandle;
  /** What others had done before the start. */
  readonly past: number;
}

/** Sets the scene of a row and starts its operation. */
export async function begin<Input>(
  harness: Harness,
  matrix: Matrix<Input>,
  row: Row<Input>,
): Promise<Running> {
  const subdomain = `acme-${randomUUID().slice(0, 8)}`;
  const site = `${subdomain}.${harness.simulator.domain}`;
  const names = { subdomain, site, domain: `www.${subdomain}.example.com` };
  const scene = { harness, ...names };
  await matrix.prepare?.(scene);
  await row.before?.(scene);
  const past = (matrix.effects ?? effectsOf)(scene).length;
  row.faults?.(names).forEach((fault) => harness.simulator.addFault(fault));
  const handle = await matrix.start(harness, row.input?.(names) ?? {}, names);
  return { scene, handle, past };
}

/** Waits until the moment of an act has come. */
export async function until({ scene, handle }: Running, { when }: Act): Promise<void> {
  await eventually(async () => when(scene, await scene.harness.client.status(handle.workflowId)));
}

/** Plays what happens from outside; a kill is played by whoever has the worker. */
export async function play(running: Running, act: Act): Promise<void> {
  const { scene, handle } = running;
  const { client } = scene.harness;
  switch (act.do) {
    case 'approve':
    case 'reject':
    case 'cancel':
      await until(running, act);
      expect(await client[act.do](handle.workflowId, { by: 'kim' })).toMatchObject({
        accepted: true,
      });
      return;
    case 'hold':
      await until(running, act);
      await client.hold(handle.workflowId, { by: 'kim' });
      await scene.harness.until(handle.workflowId, ({ state }) => state === 'held');
      await client.resume(handle.workflowId, { by: 'kim' });
      return;
    case 'meddle':
      await until(running, act);
      await act.deed(scene);
      return;
    case 'kill':
      return;
  }
}

/** Answers for a person, and checks what a row promises of its end. */
export async function finish<Input>(
  matrix: Matrix<Input>,
  running: Running,
  row: Row<Input>,
): Promise<void> {
  const { scene, handle, past } = running;
  for (const [index, asked] of (row.asks ?? []).entries()) {
    const earlier = row.asks?.slice(0, index) ?? [];
    const times = earlier.filter(({ problem }) => problem === asked.problem).length + 1;
    await answer(running, asked, times);
  }
  const { ledger } = scene.harness;
  const result = await endOf(scene.harness, handle.workflowId, row.expect.outcome);
  const events = await ledger.events(handle.operationId);
  const seen = {
    effects: (matrix.effects ?? effectsOf)(scene).slice(past),
    left: await (matrix.left ?? leftOf)(scene),
    ledger: ledgerOf(events.filter((event) => !isByChance(event, row.expect.ledger))),
  };
  expect(seen, failuresOf(events)).toEqual({
    effects: row.expect.effects,
    left: row.expect.left,
    ledger: row.expect.ledger,
  });
  if (row.expect.says !== undefined) {
    expect([result.reason ?? '', ...result.exceptions].join('\n')).toMatch(row.expect.says);
  }
}

/** Answers once the question stands in the ledger too, so that the order there is always the same. */
async function answer(
  { scene, handle }: Running,
  { problem, says, after }: Asked,
  times: number,
): Promise<void> {
  const { client, ledger, until: untilStatus } = scene.harness;
  await untilStatus(
    handle.workflowId,
    (status) => status.state === 'needs_human' && status.problem?.type === problem,
  );
  await eventually(async () => {
    const events = await ledger.events(handle.operationId);
    const asked = events.filter(
      ({ type, data }) =>
        type === 'operation.attention' && (data as { readonly type?: string }).type === problem,
    );
    return asked.length >= times;
  });
  await after?.(scene);
  const answered = await client.resolve(handle.workflowId, says, { by: 'ops' });
  expect(answered).toMatchObject({ accepted: true });
}

/** Runs one row from its start to its end. */
export async function run<Input>(
  harness: Harness,
  matrix: Matrix<Input>,
  row: Row<Input>,
): Promise<Scene> {
  const running = await begin(harness, matrix, row);
  for (const act of row.acts ?? []) await play(running, act);
  await finish(matrix, running, row);
  return running.scene;
}
