import { mkdir } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { JWK } from 'jose';
import { pino, type Logger } from 'pino';
import type { ActivityDeps } from './activities/deps.js';
import { type Config, InvalidConfig } from './config.js';
import { type Accounts, checkAccount, createAccounts, PressError } from './frappe-cloud/index.js';
import { createTenants } from './maplepress/index.js';
import { openLedger } from './ledger/index.js';
import { loadPolicy } from './policy-file.js';
import { createHandOverKeys } from './security/hand-over-keys.js';
import { loadOrCreateKeyRing } from './security/key-ring.js';
import { loadReceiverKey } from './security/jwk-file.js';
import { loadOrCreateSealingKeys, open, SealingKeyInvalid } from './security/sealed.js';
import { dataConverterFor } from './temporal/data-converter.js';
import { createRuns } from './temporal/runs.js';
import { openVault } from './vault/index.js';

/** The data converter of a worker; the embedded stack's key file is made when it is missing. */
export async function dataConverterOf({ payloadKeys }: Config): Promise<DataConverter> {
  if ('file' in payloadKeys) await loadOrCreateKeyRing(payloadKeys.file);
  return dataConverterFor(payloadKeys);
}

/**
 * Logs as JSON lines, to standard error: standard output belongs to results.
 *
 * @param to another file descriptor, or a file that is appended to
 */
export function createLogger(level: string, to: number | string = 2): Logger {
  return pino({ level, base: null }, pino.destination(to));
}

/** Everything the activities need, and how to let go of it. */
export interface Services {
  readonly deps: ActivityDeps;
  close(): Promise<void>;
}

/**
 * Builds what activities need from the configuration; the one place that does.
 *
 * @throws InvalidConfig when nothing can be sealed to the configured receiver
 */
export async function createServices(
  config: Config,
  client: Client,
  log: Logger,
): Promise<Services> {
  await mkdir(config.dataDir, { recursive: true });
  const receiver = await receiverOf(config);
  const policy = loadPolicy(config.policyFile);
  const ledger = await openLedger({ url: config.ledgerUrl });
  const vault = await openVault(config.vault);
  const accounts = createAccounts(config.accounts);
  const tenants = createTenants(config.tenants);
  const sealingKeys = await loadOrCreateSealingKeys(config.sealingKeyFile);
  const { publicJwk, privateJwk } = sealingKeys;
  return {
    deps: {
      accounts,
      tenants,
      ledger,
      vault,
      policy,
      timing: config.timing,
      runs: createRuns(client),
      sealTo: { ...publicJwk },
      unseal: async (value) => String(await open(value, privateJwk)),
      handOverKeys: createHandOverKeys(sealingKeys, receiver),
      notify: (notification) => log.warn(notification, 'an operation needs attention'),
    },
    async close() {
      await accounts.close();
      await tenants.close();
      await vault.close();
      await ledger.close();
    },
  };
}

async function receiverOf({ receiverKeyFile }: Config): Promise<JWK | undefined> {
  if (receiverKeyFile === undefined) return undefined;
  try {
    return await loadReceiverKey(receiverKeyFile);
  } catch (error) {
    if (!(error instanceof SealingKeyInvalid)) throw error;
    throw new InvalidConfig([`receiver key: ${error.problem}`]);
  }
}

/**
 * Refuses to start with a key that acts for another team: Press ignores a wrong team header
 * silently (A 1.3). A Press that is away, or a key that is just being rotated, is only logged:
 * operations wait for both.
 *
 * @throws InvalidConfig naming every account whose team is wrong
 */
export async function checkAccounts(accounts: Accounts, log: Logger): Promise<void> {
  const problems: string[] = [];
  for (const account of accounts.all()) {
    try {
      const { ok, reason } = await checkAccount(account, { timeoutMs: 5_000 });
      if (!ok) problems.push(`account ${account.name}: ${reason ?? 'acts for another team'}`);
    } catch (error) {
      if (!(error instanceof PressError)) throw error;
      log.warn({ account: account.name, code: error.code }, 'this account cannot be checked now');
    }
  }
  if (problems.length > 0) throw new InvalidConfig(problems);
}
