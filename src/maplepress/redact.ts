import { plainLine } from '../http/text.js';
import { MASK } from './secret.js';

/** API keys, verification tokens and JWTs, whosever they are. */
const TOKENS = [
  /\b(?:live|test)_sk_[\w-]+/g,
  /\bverify_[\w-]{6,}/g,
  /\beyJ[\w-]+(?:\.[\w-]+){1,2}/g,
  /\bJWT\s+[\w.~+/=-]+/g,
];

/** The forms in which a text may repeat a value: as it is, as JSON, as part of a URL, without HTML. */
function formsOf(secret: string): string[] {
  const asJson = JSON.stringify(secret).slice(1, -1);
  return [secret, asJson, encodeURIComponent(secret), plainLine(secret)];
}

/** Replaces secrets in a text that others wrote. */
export type Redact = (text: string) => string;

/** @param secrets values that must not be repeated in any text, besides what looks like a token */
export function createRedact(secrets: readonly string[]): Redact {
  const forms = secrets
    .flatMap(formsOf)
    .filter((form) => form !== '')
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const without = forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
    return TOKENS.reduce((rest, token) => rest.replace(token, MASK), without);
  };
}
