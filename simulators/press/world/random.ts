/** Characters of Frappe's row hashes. */
const HASH_ALPHABET = '0123456789abcdefghijklmnopqrstuv';

export function hashFrom(random: () => number, length: number): string {
  let hash = '';
  for (let i = 0; i < length; i += 1) {
    hash += HASH_ALPHABET[Math.floor(random() * HASH_ALPHABET.length)];
  }
  return hash;
}
