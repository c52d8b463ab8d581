import { normalizeDomain } from '../maplepress/domain.js';

/** More than a keyboard's own letters, which is how people write some domains. */
const BEYOND_ASCII = /[^ -~]/;

/**
 * Every way in which a name that a person typed may be on record: as it is, and of a domain with
 * letters of its own, such as `münchen.example`, also the one that registries know
 * (`xn--mnchen-3ya.example`).
 */
export function spellingsOf(name: string): readonly string[] {
  const ascii = BEYOND_ASCII.test(name) ? normalizeDomain(name) : null;
  return ascii === null ? [name] : [name, ascii];
}
