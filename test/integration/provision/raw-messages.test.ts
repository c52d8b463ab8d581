import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../../support/harness.js';
import { startAndAsk } from './asking.js';
import { endOf } from './support.js';

interface Raw {
  readonly metadata?: Readonly<Record<string, Uint8Array>>;
  readonly data?: Uint8Array;
}
const bytes = (text: string) => new TextEncoder().encode(text);
const raw = (encoding: string, data: string): Raw => ({
  metadata: { encoding: bytes(encoding) },
  data: bytes(data),
});

/** As other SDKs, older clients or a broken proxy may send them. */
const PAYLOADS: readonly (readonly [string, readonly Raw[]])[] = [
  ['JSON that is none', [raw('json/plain', '{"operationId":')]],
  [
    'no text at all',
    [{ metadata: { encoding: bytes('json/plain') }, data: new Uint8Array([255]) }],
  ],
  ['an encoding that nobody knows', [raw('application/x-thrift', 'abc')]],
  ['no encoding', [{ metadata: {}, data: bytes('{}') }]],
  ['no metadata', [{ data: bytes('{}') }]],
  ['nothing', [{}]],
  ['bytes', [raw('binary/plain', 'approve')]],
  ['a null', [raw('binary/null', '')]],
  ['a protobuf that nobody knows', [raw('json/protobuf', '{}')]],
  ['a cipher without a key', [raw('binary/encrypted', 'abc')]],
  ['a good first argument and a broken second', [raw('json/plain', '{}'), raw('x', 'y')]],
  ['200 KB of text', [raw('json/plain', JSON.stringify('x'.repeat(200_000)))]],
];

describe('a payload that no SDK of ours has made', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness.close());

  const signal = (workflowId: string, signalName: string, payloads: readonly Raw[]) =>
    harness.client.temporal.workflowService.signalWorkflowExecution({
      namespace: harness.namespace,
      workflowExecution: { workflowId },
      signalName,
      requestId: randomUUID(),
      input: { payloads: [...payloads] as never },
    });

  it.concurrent.each(PAYLOADS)('%s: is counted, and the run goes on', async (_, payloads) => {
    const { workflowId } = await startAndAsk(harness, { plan: 'USD 100' });
    const signals = ['approve', 'reject', 'resolve', 'hold', 'resume', 'hint'];
    for (const name of signals) await signal(workflowId, name, payloads);
    await harness.until(workflowId, ({ ignoredMessages }) => ignoredMessages === signals.length);
    await harness.client.reject(workflowId, { by: 'dana' });
    await endOf(harness, workflowId, 'rejected');
  });
});
