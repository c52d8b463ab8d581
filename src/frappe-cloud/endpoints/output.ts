import { createRedact } from '../redact.js';
import { plainText, tail } from '../../http/text.js';

/** In characters: outputs travel through history and user interfaces. */
const OUTPUT_LIMIT = 2048;
const redact = createRedact([]);

/**
 * What a job or a build printed, for a person: plain text without secrets, the end of it.
 *
 * @param limit of the answer, in characters
 */
export function readableOutput(
  output: string | null | undefined,
  limit: number = OUTPUT_LIMIT,
): string {
  return tail(redact(plainText(output ?? '')), limit);
}
