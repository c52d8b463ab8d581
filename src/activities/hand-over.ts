import { randomInt } from 'node:crypto';
import type { CommandKey } from '../domain/operations.js';
import {
  type HandedOver,
  type HandOverArgs,
  type HandOverKind,
  labelOf,
} from '../domain/hand-over.js';
import {
  type Account,
  login,
  PressError,
  setAdministratorPassword,
} from '../frappe-cloud/index.js';
import { type Located, runCommand } from './commands.js';
import type { ActivityDeps } from './deps.js';
import { Defect, NotYet, Refused } from './errors.js';
import { whileBeating } from './heartbeat.js';

/** URL-safe, without what is mistaken for something else when read aloud: 24 of them are 140 bits. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const PASSWORD_LENGTH = 24;

/** One way of making a secret. `keep` stores it before or after it becomes true. */
interface Making {
  readonly kind: HandOverKind;
  readonly endpoint: string;
  /** What an earlier attempt has stored is already true. */
  readonly storedIsDone: boolean;
  make(
    account: Account,
    keep: (secret: string) => Promise<string>,
    signal: AbortSignal,
  ): Promise<void>;
}

/**
 * Makes secrets that nobody but their receiver may read (D 7): they are sealed and stored for one
 * claim, and only the handle is answered. They are repeated at once when an answer was lost:
 * another session, or the same password again.
 */
export function createHandOverActivities(deps: ActivityDeps) {
  return {
    /** A link that opens the site as Administrator; works as long as the session behind it. */
    handOverLoginLink: (args: HandOverArgs): Promise<HandedOver> =>
      handOver(deps, args, {
        kind: 'login_link',
        endpoint: 'press.api.site.login',
        storedIsDone: true,
        async make({ press }, keep, signal) {
          const { site } = args;
          const sid = await login(press, { site }, { signal });
          await keep(`https://${site}/app?sid=${sid}`);
        },
      }),

    /** A new Administrator password. Stored before it is set, so that a repeat sets the same. */
    handOverPassword: (args: HandOverArgs): Promise<HandedOver> =>
      handOver(deps, args, {
        kind: 'administrator_password',
        endpoint: 'site PUT User/Administrator',
        storedIsDone: false,
        async make({ press, door }, keep, signal) {
          const { site } = args;
          const password = await keep(newPassword());
          const sid = await login(press, { site }, { signal });
          await setAdministratorPassword(door, { site, sid, password }, signal);
        },
      }),
  };
}

/** A password of random characters, each as likely as the others. */
export function newPassword(): string {
  const character = () => ALPHABET.charAt(randomInt(ALPHABET.length));
  return Array.from({ length: PASSWORD_LENGTH }, character).join('');
}

async function handOver(
  deps: ActivityDeps,
  args: HandOverArgs,
  making: Making,
): Promise<HandedOver> {
  const { key, site } = args;
  const { ledger, handOverKeys } = deps;
  const account = deps.accounts.get(args.account);
  const handle = handOverKeys.handleOf(key);
  const label = labelOf(making.kind);
  const look = async (): Promise<Located> => {
    const isDone = making.storedIsDone && (await ledger.getHandover(handle)) !== null;
    return isDone ? { state: 'found', tracker: { kind: 'done' }, evidence: {} } : { state: 'none' };
  };
  try {
    await whileBeating((signal) =>
      runCommand(deps, {
        key,
        account,
        endpoint: making.endpoint,
        payload: { site },
        repeat: 'at_once',
        locate: look,
        async send() {
          await making.make(account, (secret) => keep(deps, key, label, secret), signal);
          return { kind: 'done' };
        },
      }),
    );
  } catch (error) {
    throw await lastWord(deps, args, handle, error);
  }
  const stored = await ledger.getHandover(handle);
  if (stored === null) throw new Defect(`the ${label} was made, but is not stored`);
  return { handle, label, expiresAt: stored.expiresAt };
}

/** Seals and stores a secret. What an earlier attempt has stored counts, and is answered instead. */
async function keep(
  { ledger, policy, handOverKeys, unseal }: ActivityDeps,
  key: CommandKey,
  label: string,
  secret: string,
): Promise<string> {
  const { operationId, step, round } = key;
  const handle = handOverKeys.handleOf(key);
  const sealed = await handOverKeys.seal(secret);
  const expiresAt = new Date(Date.now() + policy.handover.expiresAfterMs).toISOString();
  await ledger.putHandover({ handle, operationId, label, sealed, expiresAt });
  const stored = await ledger.getHandover(handle);
  const kept = stored?.sealed ?? null;
  if (stored === null || kept === null) {
    throw new Refused(`the ${label} was claimed, or has expired, before it could be used`);
  }
  await ledger.record(operationId, {
    events: [
      {
        key: `secret/${step}/${round}/stored`,
        type: 'secret.stored',
        data: { label, expiresAt: stored.expiresAt },
      },
    ],
  });
  return kept === sealed ? secret : unseal({ sealed: kept });
}

/**
 * What fails for good, or is late, is given up. A secret that certainly never became true is
 * dropped; one that may have stays, and is named.
 */
async function lastWord(
  { ledger }: ActivityDeps,
  { key, deadline }: HandOverArgs,
  handle: string,
  error: unknown,
): Promise<unknown> {
  const isLate = Date.now() >= deadline && (error instanceof PressError || error instanceof NotYet);
  if (!(error instanceof Refused) && !isLate) return error;
  const [command, stored] = await Promise.all([ledger.getCommand(key), ledger.getHandover(handle)]);
  const neverLeft = command === null || (command.state !== 'sent' && command.attempt <= 1);
  if (stored === null) return new Refused(error.message);
  if (neverLeft) {
    await ledger.discardHandovers({ handle });
    return new Refused(error.message);
  }
  return new Refused(
    `${error.message}; it may have taken effect all the same: the ${stored.label} waits as ${handle}`,
  );
}
