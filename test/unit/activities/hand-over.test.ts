import { expect, it } from 'vitest';
import { newPassword } from '../../../src/activities/hand-over.js';

it('makes passwords that can be typed, sent in a URL, and not guessed', () => {
  const passwords = Array.from({ length: 500 }, newPassword);
  for (const password of passwords) {
    expect(password).toMatch(/^[A-HJ-NP-Za-km-z2-9]{24}$/);
    expect(encodeURIComponent(password)).toBe(password);
  }
  expect(new Set(passwords).size).toBe(500);
  // Every character of the alphabet turns up: 12,000 draws of 57.
  expect(new Set(passwords.join('')).size).toBe(57);
});
