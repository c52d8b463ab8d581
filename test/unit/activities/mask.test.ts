import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { maskSecrets } from '../../../src/activities/mask.js';

describe('what the ledger keeps of an input', () => {
  it('hides sealed values and those of secret keys', () => {
    const config = {
      mail_server: 'mx.example.com',
      mail_password: 'in clear',
      encryption_key: { sealed: 'abc' },
      max_file_size: 5,
    };
    expect(maskSecrets({ plan: 'USD 25', config }, ['mail_password'])).toEqual({
      plan: 'USD 25',
      config: {
        mail_server: 'mx.example.com',
        mail_password: '•••',
        encryption_key: '•••',
        max_file_size: 5,
      },
    });
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [42, '42'],
    ['x'.repeat(1_000), 'x'.repeat(200)],
  ])('keeps what is no object as a short text', (given, kept) => {
    expect(maskSecrets(given, [])).toBe(kept);
  });

  it('takes any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), (given) => void maskSecrets(given, ['a'])));
    fc.assert(fc.property(fc.jsonValue(), (config) => void maskSecrets({ config }, ['a'])));
  });
});
