import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { ROUND_TYPE } from '../src/domain/fleet-backups.js';
import { isMaplePressKind, WORKFLOW_TYPE } from '../src/domain/operations.js';
import { createPayloadCodec } from '../src/security/codec.js';
import { loadKeyRing } from '../src/security/key-ring.js';
import type { Payload } from '../src/security/payload.js';
import { type Stack, startStack } from '../src/stack/stack.js';
import { inClear } from './recordings/in-clear.js';
import { type Recording, RECORDINGS, recordRounds, ROUND, type Save } from './recordings/index.js';

/** Where the replay suite finds them. */
const HISTORIES = fileURLToPath(new URL('../../test/replay/histories/', import.meta.url));
const SPEED = 60;
/** Histories of released versions are never made again: `….v1.2.0.json`. */
const OF_A_RELEASE = /\.v\d+\.\d+\.\d+\.json$/;

/** Kinds named on the command line; none: all. Histories of others stay as they are. */
const kinds = process.argv.slice(2);
const isAsked = (kind: string): boolean => kinds.length === 0 || kinds.includes(kind);
const recordings = RECORDINGS.filter(({ kind }) => isAsked(kind));
const types = new Set<string>([
  ...recordings.map(({ kind }) => WORKFLOW_TYPE[kind]),
  ...(isAsked(ROUND) ? [ROUND_TYPE] : []),
]);
const isMadeAnew = (file: string): boolean =>
  !OF_A_RELEASE.test(file) && (kinds.length === 0 || types.has(file.split('.')[0] ?? ''));

/** Gives a stack of its own to what records on it. */
async function withStack(act: (stack: Stack, save: Save) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'sitewright-record-'));
  const stack = await startStack({ dataDir, speed: SPEED, seed: 11, onProgress: console.error });
  try {
    const codec = createPayloadCodec(await loadKeyRing(path.join(dataDir, 'keys', 'payload.json')));
    const decode = async (payload: Payload) => (await codec.decode([payload]))[0] ?? payload;
    await act(stack, async (file, { workflowId, runId }) => {
      const history = await stack.client.temporal.workflow
        .getHandle(workflowId, runId)
        .fetchHistory();
      await inClear(history, decode);
      await writeFile(path.join(HISTORIES, file), `${historyToJSON(history)}\n`);
      console.log(`${file}: ${history.events?.length ?? 0} events`);
    });
  } finally {
    await stack.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Makes what is to be recorded, and records it. */
async function record(stack: Stack, save: Save, recording: Recording): Promise<void> {
  const { kind, scenario, faults, act, subdomain, input } = recording;
  const { client, simulator, record: named } = stack;
  const who = { account: named.account, requestedBy: 'recorder' };
  const provision = (change: object = {}) => {
    const usual = { plan: 'USD 25', version: 'Version 15', apps: ['frappe', 'erpnext'] };
    return client.provision({ ...who, ...usual, subdomain, ...change });
  };
  const atMaplePress = isMaplePressKind(kind);
  const site = `${subdomain}.${atMaplePress ? 'example' : named.domain}`;
  const siteUrl = `https://${site}`;
  if (!['provision', 'deploy-bench', 'maplepress-register'].includes(kind)) {
    const { workflowId } = atMaplePress
      ? await client.start('maplepress-register', { ...who, siteUrl })
      : await provision({ version: 'Version 14' });
    await client.wait(workflowId);
  }
  const prepared = await recording.prepare?.(stack, site);
  for (const fault of faults?.(site) ?? []) simulator.addFault(fault);
  const { workflowId } =
    kind === 'provision'
      ? await provision(input)
      : await client.start(kind, {
          ...who,
          ...(kind === 'maplepress-register' && { siteUrl }),
          ...(!['deploy-bench', 'maplepress-register'].includes(kind) && { site }),
          ...input,
          ...prepared,
        } as never);
  const { outcome } = await client.wait(workflowId, (status) => act?.(client, status, stack));
  const file = `${WORKFLOW_TYPE[kind]}.${scenario}.json`;
  await save(file, { workflowId });
  console.log(`${file}: ${outcome}`);
}

await mkdir(HISTORIES, { recursive: true });
for (const old of await readdir(HISTORIES)) {
  if (isMadeAnew(old)) await rm(path.join(HISTORIES, old));
}
if (recordings.length > 0) {
  await withStack(async (stack, save) => {
    await Promise.all(recordings.map((recording) => record(stack, save, recording)));
  });
}
if (isAsked(ROUND)) await withStack(recordRounds);
