import { describe, expect, it } from 'vitest';
import { getDomain } from '../../../src/frappe-cloud/endpoints/catalogue.js';
import { pressErrorOf } from './support/failing.js';
import { always, type Script, scriptedServer, transportTo } from './support/scripted-server.js';

async function failure(script: Script) {
  const server = await scriptedServer(script);
  return pressErrorOf(transportTo(server.url).call('press.api.site.new', {}));
}

function refusal(excType: string, ...messages: string[]) {
  const entries = messages.map((message) => JSON.stringify({ message, raise_exception: 1 }));
  return { exc_type: excType, _server_messages: JSON.stringify(entries) };
}

describe('answers of Press itself', () => {
  it.each([
    [417, refusal('ValidationError', 'No'), 'REFUSED'],
    [417, refusal('ValidationError', 'Site is in <strong>pending</strong> state. Your …'), 'BUSY'],
    [417, refusal('ValidationError', 'Site is in <b>archived</b> state. Your …'), 'REFUSED'],
    [417, refusal('SiteUnderMaintenance', 'x'), 'BUSY'],
    [417, refusal('SiteTooManyPendingBackups', 'x'), 'BUSY'],
    [417, refusal('ArchiveBenchError', 'Cannot … because of ongoing jobs. Please …'), 'BUSY'],
    [417, refusal('ArchiveBenchError', 'Cannot … due to ongoing site update. …'), 'BUSY'],
    [417, refusal('ArchiveBenchError', 'Bench is already archived'), 'BUSY'],
    [417, refusal('ArchiveBenchError', 'Cannot … due to unarchived sites on bench.'), 'REFUSED'],
    [417, refusal('ArchiveBenchError', 'A previous archive job … has failed. …'), 'REFUSED'],
    [417, refusal('ArchiveBenchError', 'There was a … update which has failed.'), 'REFUSED'],
    [417, refusal('ValidationError', 'Cannot … because of ongoing jobs.'), 'BUSY'],
    [417, refusal('TimestampMismatchError', 'x'), 'RACE'],
    [417, refusal('DocumentLockedError', 'x'), 'RACE'],
    [417, refusal('DomainProxied', 'x'), 'DNS'],
    [400, refusal('CSRFTokenError', 'Invalid Request'), 'REFUSED'],
    [410, refusal('LinkExpired', 'x'), 'REFUSED'],
    [401, refusal('AuthenticationError'), 'UNAUTHORIZED'],
    [401, refusal('AuthenticationError', 'Access not allowed for this URL'), 'PATH_NOT_ALLOWED'],
    [403, refusal('PermissionError', 'Not permitted'), 'FORBIDDEN'],
    [404, refusal('DoesNotExistError', 'Site x not found'), 'NOT_FOUND'],
    [409, refusal('DuplicateEntryError', 'Site x already exists'), 'DUPLICATE'],
    [429, refusal('RateLimitExceededError', 'x'), 'RATE_LIMITED'],
    [500, refusal('QueryDeadlockError'), 'CONTENTION'],
    [500, refusal('QueryTimeoutError'), 'CONTENTION'],
    [500, refusal('TypeError'), 'SERVER_ERROR'],
    [501, refusal('OutgoingEmailError'), 'SERVER_ERROR'],
    [503, refusal('InReadOnlyMode'), 'UNAVAILABLE'],
  ])('%i %o is %s', async (status, body, code) => {
    const error = await failure(always(status, body));
    expect(error).toMatchObject({ code, status, excType: body.exc_type, sent: 'yes', ended: true });
  });

  it('the first message may hold the real reason, so all are kept, without HTML', async () => {
    const error = await failure(
      always(
        417,
        refusal(
          'LinkValidationError',
          'Could not find suitable <b>Destination&nbsp;Bench</b>',
          'Could not find Reference Name: &lt;x&gt; &#39;y&#39;',
        ),
      ),
    );
    expect(error.serverMessages).toEqual([
      'Could not find suitable Destination Bench',
      "Could not find Reference Name: <x> 'y'",
    ]);
    expect(error.message).toBe(error.serverMessages.join(' / '));
  });

  it.each([
    [{ exc_type: 'AuthenticationError', exception: 'frappe.exceptions.AuthenticationError' }],
    [{ exc_type: 'AuthenticationError', exception: 'a.AuthenticationError:    ' }],
    [{ exc_type: 'AuthenticationError', _server_messages: 'not json' }],
  ])('falls back to the class name for %o', async (body) => {
    expect((await failure(always(401, body))).message).toBe('AuthenticationError');
  });

  it('reads the text after the class, and _error_message before it', async () => {
    const exception = 'press.exceptions.Foo: <p>Bad &amp; worse</p>';
    expect((await failure(always(417, { exc_type: 'Foo', exception }))).message).toBe(
      'Bad & worse',
    );
    const body = { exc_type: 'Foo', exception, _error_message: 'Better' };
    expect((await failure(always(403, body))).message).toBe('Better');
  });

  it('reads the v2 envelope', async () => {
    const body = {
      errors: [{ type: 'AuthenticationError', message: 'Access not allowed for this URL' }],
    };
    expect(await failure(always(401, body))).toMatchObject({
      code: 'PATH_NOT_ALLOWED',
      excType: 'AuthenticationError',
      sent: 'yes',
    });
  });

  it('bounds messages', async () => {
    const error = await failure(always(417, refusal('ValidationError', 'x'.repeat(100_000))));
    expect(error.message.length).toBeLessThanOrEqual(500);
  });

  it.each([
    ['7', 7000],
    ['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
    ['soon', null],
  ])('Retry-After: %s', async (header, expected) => {
    const error = await failure(
      always(429, refusal('TooManyRequestsError'), {
        'retry-after': header,
        date: 'Fri, 20 Nov 2026 12:00:00 GMT',
      }),
    );
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expected });
  });

  it('has no wait time when Press names none', async () => {
    const error = await failure(always(429, refusal('RateLimitExceededError', 'Slow down')));
    expect(error.retryAfterMs).toBeNull();
  });
});

describe('answers of something else', () => {
  it.each([
    [502, '<html><body>Bad Gateway</body></html>', 'GATEWAY'],
    [504, '<html></html>', 'GATEWAY'],
    [503, '<html></html>', 'UNAVAILABLE'],
    [500, '<html></html>', 'SERVER_ERROR'],
    [429, 'Too Many Requests', 'RATE_LIMITED'],
    [403, '<html>WAF</html>', 'BAD_ANSWER'],
    [404, { error: 'no route' }, 'BAD_ANSWER'],
    [413, '<html></html>', 'BAD_ANSWER'],
    [200, '<html>log in</html>', 'BAD_ANSWER'],
    [200, '{"message":', 'BAD_ANSWER'],
    [200, '[]', 'BAD_ANSWER'],
    [502, { exc_type: 'HTTPError' }, 'GATEWAY'],
  ])('%i %o is %s with an unknown outcome', async (status, body, code) => {
    const error = await failure(always(status, body));
    expect(error).toMatchObject({ code, status, sent: 'maybe', ended: false });
    expect(error.message).not.toContain('<');
  });

  it('does not follow redirects', async () => {
    const elsewhere = await scriptedServer(always(200, {}));
    const error = await failure(always(302, '', { location: `${elsewhere.url}/x` }));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', status: 302, sent: 'maybe' });
    expect(elsewhere.seen).toHaveLength(0);
  });

  it('names the fields of an unexpected shape, not their values', async () => {
    const server = await scriptedServer(always(200, { message: { leak: 'value' } }));
    const error = await pressErrorOf(getDomain(transportTo(server.url)));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', sent: 'yes', ended: true, status: 200 });
    expect(error.message).not.toContain('value');
  });
});
