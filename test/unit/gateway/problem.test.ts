import { describe, expect, it } from 'vitest';
import { PressError, PressErrorCode, UnknownAccount } from '../../../src/frappe-cloud/index.js';
import { GatewayError, problemOf } from '../../../src/gateway/problem.js';
import { LedgerUnavailable } from '../../../src/ledger/index.js';

const press = (code: PressErrorCode) =>
  new PressError({ code, message: 'said', endpoint: 'press.api.x', sent: 'yes' });

describe('a problem', () => {
  it.each([
    [new GatewayError(404, 'not_found', 'gone'), 404, 'not_found'],
    [new UnknownAccount('x', ['main']), 404, 'unknown_account'],
    [press(PressErrorCode.NOT_FOUND), 404, 'not_found'],
    [press(PressErrorCode.FORBIDDEN), 403, 'forbidden'],
    [press(PressErrorCode.REFUSED), 422, 'refused'],
    [press(PressErrorCode.UNAUTHORIZED), 502, 'credentials_refused'],
    [press(PressErrorCode.RATE_LIMITED), 503, 'rate_limited'],
    [press(PressErrorCode.TIMEOUT), 504, 'press_timeout'],
    [press(PressErrorCode.BAD_ANSWER), 502, 'unexpected_answer'],
    [press(PressErrorCode.UNREACHABLE), 502, 'press_unavailable'],
    [press(PressErrorCode.SERVER_ERROR), 502, 'press_unavailable'],
    [new LedgerUnavailable('away'), 503, 'ledger_unavailable'],
    [Object.assign(new Error('x'), { statusCode: 413 }), 413, 'bad_request'],
    [Object.assign(new Error('x'), { statusCode: 500 }), 500, 'internal'],
    ['a string', 500, 'internal'],
  ])('of %s', (error, status, code) => {
    expect(problemOf(error)).toMatchObject({ status, problem: { code } });
  });

  it('says nothing of an error that nobody foresaw', () => {
    const { problem } = problemOf(new Error('token hunter2 of customer 7'));
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|customer/);
  });

  it('has something to do for everything that Press may say', () => {
    for (const code of Object.values(PressErrorCode)) {
      expect(problemOf(press(code)).problem.hint, code).toMatch(/\w+/);
    }
  });
});
