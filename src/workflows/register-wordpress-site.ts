import type { Problem } from '../domain/failures.js';
import { detailOf } from '../domain/hand-over.js';
import type { RegisterWordPressSiteInput } from '../domain/inputs.js';
import {
  REGISTER,
  type RegistrationTarget,
  type StoredKey,
  type VerificationStanding,
} from '../domain/maplepress.js';
import type { OperationResult } from '../domain/operations.js';
import {
  awaitVerification,
  planRegistration,
  readRegistration,
  sendRegistration,
} from './activities.js';
import { GivenUp } from './failures.js';
import { abandonDeleted, makeKey, REPLACED, toldOf, wipe } from './maplepress-key.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';

const VERIFICATION = 'verification';
const LOST = 'it was in an answer that was lost, and cannot be read again';
/** A plugin verifies its site with the token; a rotation makes no other. */
const WITHOUT_TOKEN = 'a plugin that asks for it needs the site deleted and registered anew';
const TOKEN = 'verification token';

/** A registration, and the key that waits for the owner of the site. */
interface Registration {
  readonly id: string;
  readonly key: StoredKey;
  readonly hasToken: boolean;
}

/**
 * Registers a WordPress site with MaplePress, and waits until its plugin has verified it.
 *
 * 1. register        delete the registration   answer lost: located by its domain; its key is made
 *                                              anew by a rotation; its token is lost, people are told
 * 2. verification    the owner enters the key  reminders; not in time: policy keeps the
 *                    in the plugin             registration, or it goes back
 */
export async function registerWordPressSite(
  input: RegisterWordPressSiteInput,
): Promise<OperationResult> {
  return operation('maplepress-register', input, planRegistration, async (op, plan) => {
    const { target } = plan.material;
    const { siteUrl, domain } = target;
    op.onFailure('delete the registration', 'undoRegistration', { siteUrl, domain });
    const registration = await register(op, target, input);
    await verified(op, input.account, registration, target);
    return op.succeed({});
  });
}

/** Where key and token wait is told from now on, however it ends. */
async function register(
  op: Op,
  { siteUrl, domain }: RegistrationTarget,
  { receiver }: RegisterWordPressSiteInput,
): Promise<Registration> {
  const { sent } = await op.command(REGISTER, sendRegistration, {
    siteUrl,
    domain,
    ...(receiver !== undefined && { receiver }),
  });
  if (sent.tracker.kind !== 'wordpress-site') throw new Error('a registration answers its id');
  const { id, keyLastFour, secrets } = sent.tracker;
  const { apiKey, verificationToken } = secrets;
  const hasToken = verificationToken !== null;
  op.remember({
    registration: id,
    ...(apiKey !== null && { [detailOf('api_key')]: apiKey }),
    ...(hasToken && { [detailOf('verification_token')]: verificationToken }),
  });
  const standing = await op.read(REGISTER, readRegistration, { id, domain });
  op.mark(REGISTER, 'done', id);
  if (standing.state === 'gone') return abandonDeleted(op, domain);
  if (!hasToken) op.giveUp(TOKEN, `${LOST}: ${WITHOUT_TOKEN}`);

  if (apiKey !== null && standing.keyLastFour === keyLastFour) {
    return { id, key: { handle: apiKey, lastFour: keyLastFour }, hasToken };
  }
  const why = apiKey === null ? LOST : 'it was replaced at once';
  const key = await makeKey(op, { id, domain, keyLastFour: standing.keyLastFour, receiver });
  op.remember({ key: `made by a rotation; the first: ${why}` });
  return { id, key, hasToken };
}

/** Waits for the plugin, and reminds people that somebody has to enter the key there. */
async function verified(
  op: Op,
  account: string,
  { id, key, hasToken }: Registration,
  { domain, patienceMs, notVerified }: RegistrationTarget,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const pending = `the plugin of ${domain} has not verified it yet`;
  let ours: StoredKey | undefined = key;
  if (!hasToken) await op.tell('no token', tokenLost(domain));
  for (let reminders = 1; ; reminders += 1) {
    const args = { account, id, domain, deadline, ...(ours !== undefined && { key: ours }) };
    const standing = await standingOf(op, args);
    if (standing === null) return;
    if (standing.state === 'verified') return op.mark(VERIFICATION, 'done', 'active');
    if (standing.state === 'gone') return abandonDeleted(op, domain);
    if (standing.state === 'replaced') {
      ours = undefined;
      await wipe(op, { domain, kind: 'api_key' });
      op.giveUp('API key', REPLACED);
      continue;
    }
    const late = Date.now() >= deadline;
    if (late && notVerified === 'keep') {
      return op.giveUp(VERIFICATION, `${pending}; it stays registered, and pending`);
    }
    const told = ours === undefined ? pending : `${pending}; ${toldOf(op, standing.key)}`;
    const until = new Date(deadline).toISOString();
    const message = late ? `${told}, and its time is up` : `${told}; time until ${until}`;
    const problem = { type: 'TimedOut', step: VERIFICATION, message } as const;
    if (late) op.goBack(problem);
    await op.tell(`unverified/${reminders}`, problem);
  }
}

/** Told at once, and not when its time is up: the wait may well be in vain. */
function tokenLost(domain: string): Problem {
  const message =
    `the verification token of ${domain} was lost with an answer, and its plugin may ask for it: ` +
    'cancel takes the registration back, and then it can be registered anew; give_up keeps it';
  return { type: 'OutcomeUnknown', step: VERIFICATION, message };
}

/** Null when a person has given it up: the site stays registered. */
async function standingOf(op: Op, args: Parameters<typeof awaitVerification>[0]) {
  try {
    const goesOn = ({ state }: VerificationStanding) => state === 'unverified';
    return await op.awaitReady(VERIFICATION, awaitVerification, args, args.deadline, goesOn);
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    op.giveUp(VERIFICATION, error.message);
    return null;
  }
}
