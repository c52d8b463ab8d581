import type { Account } from '../accounts.js';
import { PressError } from '../errors.js';
import type { CallOptions } from '../transport.js';
import { PROBES, type Probe } from './probes.js';
import { takeSample, type Sample } from './sample.js';

/**
 * - `as_expected`: it answers, in the shape that this client understands
 * - `shape_changed`: it answers, and this client does not understand it
 * - `refused`: Press does not let this user read it
 * - `failed`: it does not answer, or with an error of its own
 * - `skipped`: the account has nothing to try it on
 */
export type Verdict = 'as_expected' | 'shape_changed' | 'refused' | 'failed' | 'skipped';

/** What one read came to. */
export interface Finding {
  readonly endpoint: string;
  readonly verdict: Verdict;
  /** Why, unless it is as expected; names fields, never values. */
  readonly detail?: string;
}

/** A check under way. */
export interface ContractCheck {
  /** How many reads it tries. */
  readonly reads: number;
  /** One after the other: the next is asked when the one before has been taken. */
  readonly findings: AsyncGenerator<Finding, void, undefined>;
}

/**
 * Asks a live account everything that can be read without an effect, one after the other, and says
 * what has changed. Changes nothing at Press.
 *
 * @throws PressError when not even something to try the reads on can be found
 */
export async function checkContract(
  { press }: Account,
  options: CallOptions = {},
): Promise<ContractCheck> {
  const sample = await takeSample(press, options);
  return { reads: PROBES.length, findings: askAll(press, sample, options) };
}

async function* askAll(
  press: Account['press'],
  sample: Sample,
  options: CallOptions,
): ContractCheck['findings'] {
  for (const probe of PROBES) yield await ask(press, probe, sample, options);
}

async function ask(
  press: Account['press'],
  probe: Probe,
  sample: Sample,
  options: CallOptions,
): Promise<Finding> {
  const { endpoint, needs } = probe;
  const missing = needs.filter((name) => sample[name] === undefined);
  if (missing.length > 0) {
    return { endpoint, verdict: 'skipped', detail: `the account has no ${missing.join(', ')}` };
  }
  try {
    await probe.ask(press, sample as Required<Sample>, options);
    return { endpoint, verdict: 'as_expected' };
  } catch (error) {
    if (!(error instanceof PressError) || options.signal?.aborted) throw error;
    return { endpoint, verdict: verdictOf(error), detail: error.message };
  }
}

function verdictOf({ code }: PressError): Verdict {
  if (code === 'BAD_ANSWER') return 'shape_changed';
  return code === 'FORBIDDEN' || code === 'UNAUTHORIZED' ? 'refused' : 'failed';
}
