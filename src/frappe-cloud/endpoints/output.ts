import { createRedact } from '../redact.js';
import { plainText, tail } from '../text.js';

/** In characters: outputs travel through history and user interfaces. */
const OUTPUT_LIMIT = 2048;
const redact = createRedact([]);

/** What a job or a build printed, for a person: plain text without secrets, the end of it. */
export function readableOutput(output: string | null | undefined): string {
  return tail(redact(plainText(output ?? '')), OUTPUT_LIMIT);
}
