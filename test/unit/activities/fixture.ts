import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Located, RemoteCommand } from '../../../src/activities/commands.js';
import type { ActivityDeps } from '../../../src/activities/deps.js';
import type { CommandKey } from '../../../src/domain/operations.js';
import { PRODUCTION_TIMING } from '../../../src/domain/timing.js';
import type { Tracker } from '../../../src/domain/trackers.js';
import {
  createAccounts,
  PressError,
  type PressErrorCode,
} from '../../../src/frappe-cloud/index.js';
import { openLedger, type Ledger } from '../../../src/ledger/index.js';

/** Where nothing listens: scripted commands never speak to it. */
const NOWHERE = { url: 'http://127.0.0.1:9', team: 't', apiKey: 'k', apiSecret: 's' };

/** What activities need, with a real ledger in a file of its own. */
export async function openBench() {
  const folder = await mkdtemp(path.join(tmpdir(), 'sitewright-activities-'));
  const ledger = await openLedger({ url: `file:${path.join(folder, 'ledger.db')}` });
  const accounts = createAccounts([{ ...NOWHERE, name: 'main' }]);
  const deps = { accounts, ledger, timing: PRODUCTION_TIMING } as ActivityDeps;
  return {
    deps,
    ledger,
    account: accounts.get('main'),
    async close() {
      await accounts.close();
      await ledger.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An open operation; answers the key of its command. */
export async function openKey(ledger: Ledger): Promise<CommandKey> {
  const operationId = randomUUID().slice(0, 8);
  const event = { key: 'opened', type: 'operation.opened', data: {} };
  await ledger.openOperation(
    {
      operationId,
      kind: 'provision',
      site: 'acme.example.com',
      account: 'main',
      requestedBy: 'ops',
      idempotencyKey: null,
      payloadHash: operationId,
      reason: null,
      workflowId: operationId,
      runId: 'run',
      input: {},
    },
    event,
  );
  return { operationId, step: 'create', round: 1 };
}

export const TRACKER: Tracker = { kind: 'site-creation', site: 'acme.example.com', job: 'j1' };
export const NONE: Located = { state: 'none' };
export const FOUND: Located = { state: 'found', tracker: TRACKER, evidence: { job: 'j1' } };

/** How one scripted send goes. */
export type Send = () => Promise<Tracker>;
export const lands: Send = () => Promise.resolve(TRACKER);
export const fails =
  (error: Error): Send =>
  () =>
    Promise.reject(error);
/** The worker dies before it hears anything. */
export const dies: Send = () => new Promise(() => undefined);

/** An error of the client: by default Press itself has answered. */
export function pressError(
  code: PressErrorCode,
  fields: Partial<ConstructorParameters<typeof PressError>[0]> = {},
): PressError {
  const answered = { sent: 'yes', ended: true, status: 417, lastByteAt: Date.now() } as const;
  return new PressError({ code, message: code, endpoint: 'press.api.x', ...answered, ...fields });
}

/** A command that behaves as scripted; the last entry of each list repeats. */
export function scripted(
  base: Pick<RemoteCommand, 'key' | 'account'>,
  script: {
    readonly repeat?: RemoteCommand['repeat'];
    readonly sends?: readonly Send[];
    readonly finds?: readonly Located[];
    readonly payload?: unknown;
  },
) {
  const { sends = [lands], finds = [NONE] } = script;
  const seen = { sends: 0, looks: 0 };
  const command: RemoteCommand = {
    ...base,
    endpoint: 'press.api.x',
    payload: script.payload ?? {},
    repeat: script.repeat ?? 'after_horizon',
    locate: () => Promise.resolve(finds[Math.min(seen.looks++, finds.length - 1)] ?? NONE),
    send: () => (sends[Math.min(seen.sends++, sends.length - 1)] ?? lands)(),
  };
  return { command, seen };
}
