import { expect, it } from 'vitest';
import { spellingsOf } from '../../../src/schemas/spellings.js';

it.each([
  ['münchen.example', 'xn--mnchen-3ya.example'],
  ['MÜNCHEN.example', 'xn--mnchen-3ya.example'],
  ['www.пример.example', 'www.xn--e1afmkfd.example'],
])('%s is also %s', (typed, registered) => {
  expect(spellingsOf(typed)).toEqual([typed, registered]);
});

it.each([
  'shop.example',
  '0f3a5c7e9b1d2f40',
  'Bücher',
  'Bücher und mehr',
  'register:münchen.example:0f3a',
])('%s is itself alone', (name) => {
  expect(spellingsOf(name)).toEqual([name]);
});
