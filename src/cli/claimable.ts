import type { Sitewright } from '../client.js';
import { handlesIn } from '../domain/hand-over.js';
import { isOutcome } from '../domain/operations.js';
import { InvalidInput, NotFound } from '../errors.js';

/** Handles of secrets are longer. */
const OPERATION = /^[0-9a-f]{16}$/;

/**
 * The handle to claim: what was given, or the one of the only secret that the operation with this id
 * has handed over.
 *
 * @throws NotFound when there is no such operation, or nothing waits in its result
 * @throws InvalidInput naming each handle when there are several
 */
export async function claimable(
  client: Pick<Sitewright, 'status' | 'wait'>,
  given: string,
): Promise<string> {
  if (!OPERATION.test(given)) return given;
  const { details: known = {}, operationId, state } = await client.status(given);
  const details = isOutcome(state) ? (await client.wait(operationId)).details : known;
  const found = handlesIn(details);
  const [first, ...others] = found;
  if (first === undefined) {
    throw new NotFound(
      `operation ${given} (${state.replaceAll('_', ' ')}) has no secret to claim in its result`,
    );
  }
  if (others.length === 0) return first.handle;
  throw new InvalidInput(
    found.map(({ label, handle }) => ({
      path: 'handle',
      message: `operation ${given} has handed over several; its ${label}: npx sitewright claim ${handle}`,
    })),
  );
}
