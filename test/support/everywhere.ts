import { expect } from 'vitest';
import { exportEvents } from '../../src/ledger/index.js';
import { createPayloadCodec } from '../../src/security/codec.js';
import { loadKeyRing } from '../../src/security/key-ring.js';
import type { Payload } from '../../src/security/payload.js';
import type { Harness } from './harness.js';
import { bytesOf, filesBelow, payloadsIn, type Place } from './leaks.js';
import type { WorkerProcess } from './worker-process.js';

/**
 * Everything an installation has written down: what Temporal shows of every run, encrypted and in
 * clear, its files, the ledger's, those of the worker and its log, and what is told of an operation.
 *
 * @param temporalFolder where the Temporal server keeps its files
 */
export async function everywhere(
  { client, ledger, workerEnvironment }: Harness,
  worker: WorkerProcess,
  temporalFolder: string,
  operationId: string,
): Promise<readonly Place[]> {
  const codec = createPayloadCodec(
    await loadKeyRing(workerEnvironment['SITEWRIGHT_PAYLOAD_KEYS_FILE'] ?? ''),
  );
  const decoded = async (answer: unknown) =>
    bytesOf(await codec.decode([...payloadsIn(answer)] as Payload[]));
  const places: Place[] = [];
  for await (const info of client.temporal.workflow.list()) {
    const handle = client.temporal.workflow.getHandle(info.workflowId, info.runId);
    const history = await handle.fetchHistory();
    const { raw } = await handle.describe();
    places.push(
      { name: 'visibility', bytes: bytesOf(info.raw) },
      { name: 'visibility, decoded', bytes: await decoded(info.raw) },
      { name: 'description', bytes: bytesOf(raw) },
      { name: 'description, decoded', bytes: await decoded(raw) },
      { name: 'history', bytes: bytesOf(history) },
      { name: 'history, decoded', bytes: await decoded(history) },
    );
  }
  expect(places.length).toBeGreaterThan(4 * 6);
  const status = JSON.stringify(await client.status(operationId));
  places.push({ name: 'status', bytes: Buffer.from(status) });
  for (const format of ['jsonl', 'csv'] as const) {
    let lines = '';
    for await (const line of exportEvents(ledger, { operationId }, format)) lines += line;
    places.push({ name: `ledger export, ${format}`, bytes: Buffer.from(lines) });
  }
  return [
    ...places,
    { name: 'worker log', bytes: Buffer.from(worker.log()) },
    ...(await filesBelow(temporalFolder)),
    ...(await filesBelow(workerEnvironment['SITEWRIGHT_DATA_DIR'] ?? '')),
  ];
}
