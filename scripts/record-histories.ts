import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hostname, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { isMaplePressKind, WORKFLOW_TYPE } from '../src/domain/operations.js';
import { createPayloadCodec } from '../src/security/codec.js';
import { loadKeyRing } from '../src/security/key-ring.js';
import type { Payload } from '../src/security/payload.js';
import { startStack } from '../src/stack/stack.js';
import { RECORDINGS } from './recordings/index.js';

/** Where the replay suite finds them. */
const HISTORIES = fileURLToPath(new URL('../../test/replay/histories/', import.meta.url));
const SPEED = 60;
/** Histories of released versions are never made again: `….v1.2.0.json`. */
const OF_A_RELEASE = /\.v\d+\.\d+\.\d+\.json$/;

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

/** Kinds named on the command line; none: all. Histories of others stay as they are. */
const kinds = process.argv.slice(2);
const recordings = RECORDINGS.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
const types = new Set<string>(recordings.map(({ kind }) => WORKFLOW_TYPE[kind]));
const isMadeAnew = (file: string): boolean =>
  !OF_A_RELEASE.test(file) && (kinds.length === 0 || types.has(file.split('.')[0] ?? ''));

const dataDir = path.join(tmpdir(), `sitewright-record-${process.pid}`);
const stack = await startStack({ dataDir, speed: SPEED, seed: 11, onProgress: console.error });
try {
  const codec = createPayloadCodec(await loadKeyRing(path.join(dataDir, 'keys', 'payload.json')));
  const decode = async (payload: Payload) => (await codec.decode([payload]))[0] ?? payload;
  const who = { account: stack.record.account, requestedBy: 'recorder' };
  const provision = (subdomain: string, input: object = {}) => {
    const usual = { plan: 'USD 25', version: 'Version 15', apps: ['frappe', 'erpnext'] };
    return stack.client.provision({ ...who, ...usual, subdomain, ...input });
  };
  await mkdir(HISTORIES, { recursive: true });
  for (const old of await readdir(HISTORIES)) {
    if (isMadeAnew(old)) await rm(path.join(HISTORIES, old));
  }
  await Promise.all(
    recordings.map(async (recording) => {
      const { kind, scenario, faults, act } = recording;
      const { client, simulator, record } = stack;
      const atMaplePress = isMaplePressKind(kind);
      const site = `${recording.subdomain}.${atMaplePress ? 'example' : record.domain}`;
      const siteUrl = `https://${site}`;
      const before = async () => {
        if (kind === 'provision' || kind === 'deploy-bench' || kind === 'maplepress-register')
          return;
        const { workflowId } = atMaplePress
          ? await client.start('maplepress-register', { ...who, siteUrl })
          : await provision(recording.subdomain, { version: 'Version 14' });
        await client.wait(workflowId);
      };
      await before();
      const prepared = await recording.prepare?.(stack, site);
      for (const fault of faults?.(site) ?? []) simulator.addFault(fault);
      const { workflowId } =
        kind === 'provision'
          ? await provision(recording.subdomain, recording.input)
          : await client.start(kind, {
              ...who,
              ...(kind === 'maplepress-register' && { siteUrl }),
              ...(!['deploy-bench', 'maplepress-register'].includes(kind) && { site }),
              ...recording.input,
              ...prepared,
            } as never);
      const { outcome } = await client.wait(workflowId, (status) => act?.(client, status, stack));
      const history = await client.temporal.workflow.getHandle(workflowId).fetchHistory();
      await inClear(history, decode);
      const file = `${WORKFLOW_TYPE[kind]}.${scenario}.json`;
      await writeFile(path.join(HISTORIES, file), `${historyToJSON(history)}\n`);
      console.log(`${file}: ${outcome}, ${history.events?.length ?? 0} events`);
    }),
  );
} finally {
  await stack.close();
  await rm(dataDir, { recursive: true, force: true });
}
