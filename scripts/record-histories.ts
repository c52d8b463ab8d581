import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hostname, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { FaultRule } from '../simulators/press/index.js';
import type { OperationStatus, ProvisionSiteInput, Sitewright } from '../src/client.js';
import { createPayloadCodec } from '../src/security/codec.js';
import { loadKeyRing } from '../src/security/key-ring.js';
import type { Payload } from '../src/security/payload.js';
import { startStack } from '../src/stack/stack.js';

/** Where the replay suite finds them. */
const HISTORIES = fileURLToPath(new URL('../../test/replay/histories/', import.meta.url));
const SPEED = 60;
/** Histories of released versions are never made again: `….v1.2.0.json`. */
const OF_A_RELEASE = /\.v\d+\.\d+\.\d+\.json$/;

interface Recording {
  /** File name: `<workflow type>.<scenario>.json`. */
  readonly scenario: string;
  readonly input: Partial<ProvisionSiteInput> & { readonly subdomain: string };
  readonly faults?: (site: string) => readonly FaultRule[];
  /** Called on every change of the status, until the operation ends. */
  readonly act?: (client: Sitewright, status: OperationStatus) => void;
}

/** Does something once, when an operation reaches a state. */
function once(
  state: OperationStatus['state'],
  act: (client: Sitewright, status: OperationStatus) => void,
): NonNullable<Recording['act']> {
  let done = false;
  return (client, status) => {
    if (done || status.state !== state) return;
    done = true;
    act(client, status);
  };
}

const by = { by: 'dana', reason: 'recorded' };

const RECORDINGS: readonly Recording[] = [
  { scenario: 'succeeded', input: { subdomain: 'rec-works' } },
  {
    scenario: 'approved',
    input: { subdomain: 'rec-large', plan: 'USD 100' },
    act: once('waiting_approval', (client, { workflowId }) => void client.approve(workflowId, by)),
  },
  {
    scenario: 'rejected',
    input: { subdomain: 'rec-reject', plan: 'USD 100' },
    act: once('waiting_approval', (client, { workflowId }) => void client.reject(workflowId, by)),
  },
  {
    scenario: 'rolled-back',
    input: { subdomain: 'rec-breaks' },
    faults: (site) => [
      { job: { jobType: 'New Site', site }, fault: { kind: 'fail_step', step: 'Install Apps' } },
    ],
  },
  {
    scenario: 'adopted',
    input: { subdomain: 'rec-lost' },
    faults: () => [
      {
        call: { method: 'press.api.site.new', body: { 'site.name': 'rec-lost' } },
        fault: { kind: 'lose_answer' },
      },
    ],
  },
  {
    scenario: 'cancelled',
    input: { subdomain: 'rec-cancel' },
    act: once('running', (client, { workflowId }) => void client.cancel(workflowId, by)),
  },
  { scenario: 'refused', input: { subdomain: 'rec-refused', version: 'Version 99' } },
  { scenario: 'planned', input: { subdomain: 'rec-planned', dryRun: true } },
  {
    scenario: 'config-and-domain-given-up',
    input: {
      subdomain: 'rec-extras',
      config: { mail_server: 'smtp.example.com' },
      customDomains: ['rec.example.com'],
    },
    act: (client, { workflowId, choices }) => {
      if (choices.includes('give_up')) void client.resolve(workflowId, 'give_up', by);
    },
  },
  {
    scenario: 'abandoned',
    input: { subdomain: 'rec-abandon' },
    faults: () => [
      {
        call: { method: 'press.api.site.new', body: { 'site.name': 'rec-abandon' } },
        fault: { kind: 'exception', excType: 'KeyError' },
      },
    ],
    act: once('needs_human', (client, { workflowId }) => {
      void client.resolve(workflowId, 'abandon', by);
    }),
  },
  {
    scenario: 'retried-by-a-person',
    input: { subdomain: 'rec-retry' },
    faults: () => [
      {
        call: { method: 'press.api.site.new', body: { 'site.name': 'rec-retry' } },
        fault: { kind: 'exception', excType: 'KeyError' },
      },
    ],
    act: once('needs_human', (client, { workflowId }) => {
      void client.resolve(workflowId, 'retry', by);
    }),
  },
  {
    scenario: 'undo-failed-and-retried',
    input: { subdomain: 'rec-undo' },
    faults: (site) => [
      { job: { jobType: 'New Site', site }, fault: { kind: 'fail_step', step: 'Install Apps' } },
      {
        job: { jobType: 'Archive Site', site },
        fault: { kind: 'fail_step', step: 'Archive Site' },
      },
    ],
    act: once('needs_human', (client, { workflowId }) => {
      void client.resolve(workflowId, 'retry', by);
    }),
  },
  {
    scenario: 'held-and-resumed',
    input: { subdomain: 'rec-held', plan: 'USD 100' },
    act: (client, { workflowId, state }) => {
      if (state === 'waiting_approval') {
        void client.hold(workflowId, by).then(() => client.approve(workflowId, by));
      }
      if (state === 'held') void client.resume(workflowId, by);
    },
  },
  {
    scenario: 'handed-over',
    input: { subdomain: 'rec-secret', handOver: ['administrator_password', 'login_link'] },
  },
  {
    scenario: 'private-bench',
    input: { subdomain: 'rec-private', plan: 'USD 200 Private' },
    act: once('waiting_approval', (client, { workflowId }) => void client.approve(workflowId, by)),
  },
  {
    scenario: 'private-bench-rolled-back',
    input: { subdomain: 'rec-nobench', plan: 'USD 200 Private' },
    faults: () => [
      {
        build: { title: 'rec-nobench' },
        fault: { kind: 'fail', error: 'npm ERR!' },
        times: 'always',
      },
    ],
    act: once('waiting_approval', (client, { workflowId }) => void client.approve(workflowId, by)),
  },
];

/** Payloads are recorded in clear, so that a history can be read; of the machine nothing is kept. */
async function inClear(
  value: unknown,
  decode: (payload: Payload) => Promise<Payload>,
): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => inClear(item, decode)));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (isPayload(value)) return decode(value);
  for (const [name, member] of Object.entries(value)) {
    (value as Record<string, unknown>)[name] =
      typeof member === 'string' && member.includes(hostname())
        ? 'recorder'
        : await inClear(member, decode);
  }
  return value;
}

function isPayload(value: object): value is Payload {
  const metadata = (value as { metadata?: Record<string, unknown> | null }).metadata;
  return metadata?.['encoding'] instanceof Uint8Array;
}

const dataDir = path.join(tmpdir(), `sitewright-record-${process.pid}`);
const stack = await startStack({ dataDir, speed: SPEED, seed: 11, onProgress: console.error });
try {
  const codec = createPayloadCodec(await loadKeyRing(path.join(dataDir, 'keys', 'payload.json')));
  const decode = async (payload: Payload) => (await codec.decode([payload]))[0] ?? payload;
  await mkdir(HISTORIES, { recursive: true });
  for (const old of await readdir(HISTORIES)) {
    if (!OF_A_RELEASE.test(old)) await rm(path.join(HISTORIES, old));
  }
  await Promise.all(
    RECORDINGS.map(async ({ scenario, input, faults, act }) => {
      const { client, simulator, record } = stack;
      const site = `${input.subdomain}.${record.domain}`;
      for (const fault of faults?.(site) ?? []) simulator.addFault(fault);
      const { workflowId } = await client.provision({
        account: record.account,
        requestedBy: 'recorder',
        plan: 'USD 25',
        version: 'Version 15',
        apps: ['frappe', 'erpnext'],
        ...input,
      });
      const { outcome } = await client.wait(workflowId, (status) => act?.(client, status));
      const history = await client.temporal.workflow.getHandle(workflowId).fetchHistory();
      await inClear(history, decode);
      const file = `provisionSite.${scenario}.json`;
      await writeFile(path.join(HISTORIES, file), `${historyToJSON(history)}\n`);
      console.log(`${file}: ${outcome}, ${history.events?.length ?? 0} events`);
    }),
  );
} finally {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
}
