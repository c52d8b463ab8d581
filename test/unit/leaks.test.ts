import { describe, expect, it } from 'vitest';
import { bytesOf, leaksIn } from '../support/leaks.js';

/** With characters that every encoding changes. */
const SECRET = 'Zx9 "quoted"\\ü/7qP+4mK?&=';
const found = (text: string | Buffer) =>
  leaksIn([{ name: 'place', bytes: Buffer.from(text) }], { secret: SECRET });

describe('the search for leaks', () => {
  const bytes = Buffer.from(SECRET);
  it.each([
    ['text', `before ${SECRET} after`],
    ['JSON text', JSON.stringify({ value: SECRET })],
    ['JSON text', JSON.stringify(JSON.stringify({ value: SECRET }))],
    ['URL-encoded text', `https://x/?q=${encodeURIComponent(SECRET)}&r=1`],
    ['base64', bytes.toString('base64')],
    ['base64', Buffer.from(`a${SECRET}b`).toString('base64')],
    ['base64', Buffer.from(`ab${SECRET}`).toString('base64url')],
    ['base64', Buffer.from(`abc${SECRET}cd`).toString('base64')],
    ['base64', Buffer.from(bytes.toString('base64')).toString('base64')],
    ['hex', `\\x${bytes.toString('hex')}`],
    ['hex', bytes.toString('hex').toUpperCase()],
    ['reversed text', [...SECRET].reverse().join('')],
    ['UTF-16 text', Buffer.from(`x${SECRET}`, 'utf16le')],
  ])('finds it as %s', (form, text) => expect(found(text)).toContain(`place: secret as ${form}`));

  it('finds nothing where there is nothing', () => {
    expect(found(SECRET.slice(1))).toEqual([]);
    expect(found('')).toEqual([]);
  });

  it('looks into answers, however deep', () => {
    const answer = { events: [{ payload: { data: new Uint8Array(bytes) } }] };
    expect(leaksIn([{ name: 'answer', bytes: bytesOf(answer) }], { secret: SECRET })).toEqual([
      'answer: secret as text',
    ]);
  });
});
