import { describe, expect, it } from 'vitest';
import { claimable } from '../../../src/cli/claimable.js';
import { InvalidInput, NotFound } from '../../../src/errors.js';
import { statusWith } from './fixture.js';

const OPERATION = '0f3a5c7e9b1d2f40';
const LINK = '5b2f6c1de08a4b7f93c64e0d1a8b7c25';
const PASSWORD = '6c3f6c1de08a4b7f93c64e0d1a8b7c25';

/** One that has ended tells them in its result. */
const client = (details: Readonly<Record<string, string>>) => ({
  status: () => Promise.resolve(statusWith({ state: 'succeeded' })),
  wait: () =>
    Promise.resolve({
      operationId: OPERATION,
      kind: 'login-link' as const,
      site: 'acme-shop.example.com',
      outcome: 'succeeded' as const,
      exceptions: [],
      details,
    }),
});

describe('what is to be claimed', () => {
  it('is a handle, as it was given', async () => {
    expect(await claimable(client({}), LINK)).toBe(LINK);
    expect(await claimable(client({}), 'nobody')).toBe('nobody');
  });

  it('is the only secret of an operation', async () => {
    const one = client({ site: 'acme', 'secret.login_link': LINK });
    expect(await claimable(one, OPERATION)).toBe(LINK);
  });

  it('may wait while the operation still runs', async () => {
    const details = { 'secret.login_link': LINK };
    const status = () => Promise.resolve(statusWith({ state: 'running', details }));
    expect(await claimable({ ...client({}), status }, OPERATION)).toBe(LINK);
  });

  it('has to be chosen among several, each with its command', async () => {
    const two = client({ 'secret.login_link': LINK, 'secret.administrator_password': PASSWORD });
    const asked = claimable(two, OPERATION);
    await expect(asked).rejects.toThrow(InvalidInput);
    await expect(asked).rejects.toThrow(`its login link: npx sitewright claim ${LINK}`);
    await expect(asked).rejects.toThrow(
      `its administrator password: npx sitewright claim ${PASSWORD}`,
    );
  });

  it('is nothing, of an operation that hands nothing over', async () => {
    const none = claimable(client({}), OPERATION);
    await expect(none).rejects.toThrow(NotFound);
    await expect(none).rejects.toThrow(`operation ${OPERATION} (succeeded) has no secret to claim`);
  });
});
