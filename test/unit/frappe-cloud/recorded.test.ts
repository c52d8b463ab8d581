import { describe, expect, it } from 'vitest';
import { confirmSiteTransfer } from '../../../src/frappe-cloud/index.js';
import { PressError, type PressErrorCode } from '../../../src/frappe-cloud/errors.js';
import { pressErrorOf } from './support/failing.js';
import { nameOfOurCall, OUR_CALLS, ourCall } from './support/our-calls.js';
import { player } from './support/player.js';
import { RECORDED, type Recorded } from './support/recordings.js';

/** A list without a status filter shows "Update Available" as a status; ours always has one. */
function maskedList({ method, params }: Recorded): boolean {
  const filters = params.filters as { status?: unknown } | undefined;
  return method.endsWith('get_list') && params.doctype === 'Site' && filters?.status === undefined;
}

describe('recorded answers', () => {
  it('exist for every call this client makes', () => {
    const recorded = new Set(
      RECORDED.filter(({ status }) => status === 200).map((exchange) => nameOfOurCall(exchange)),
    );
    expect(OUR_CALLS.filter((name) => !recorded.has(name))).toEqual([]);
  });

  it.each(OUR_CALLS)('%s: all parse', async (name) => {
    const ours = RECORDED.filter(
      (recorded) =>
        recorded.status === 200 &&
        typeof recorded.body === 'object' &&
        nameOfOurCall(recorded) === name &&
        !maskedList(recorded),
    );
    expect(ours.length).toBeGreaterThan(0);
    const { press, play } = await player();
    for (const recorded of ours) {
      play(recorded);
      await ourCall(name)(press).catch((error: unknown) => {
        throw new Error(`${recorded.name}: ${String(error)}`);
      });
    }
  });
});

describe('a recorded transfer of a site', () => {
  const answered = async (file: string) => {
    const { press, play } = await player();
    RECORDED.filter((recorded) => recorded.file === file).forEach(play);
    return confirmSiteTransfer(press, { key: 'k' });
  };

  it('is accepted by a redirect', async () => {
    await expect(answered('r2-transfer-confirm')).resolves.toBeUndefined();
  });

  it.each([
    ['r2-transfer-confirm-bad-key', 'FORBIDDEN'],
    ['r2-transfer-confirm-wrong-team', 'FORBIDDEN'],
    ['r2-transfer-confirm-again', 'REFUSED'],
  ])('%s: %s', async (file, code) => {
    await expect(answered(file)).rejects.toMatchObject({ code });
  });
});

const EXPECTED: Readonly<Record<string, PressErrorCode>> = {
  '302 -': 'BAD_ANSWER',
  '401 AuthenticationError': 'UNAUTHORIZED',
  '401 InvalidSecretKeyError': 'UNAUTHORIZED',
  '403 -': 'BAD_ANSWER',
  '403 PermissionError': 'FORBIDDEN',
  '404 DoesNotExistError': 'NOT_FOUND',
  '409 DuplicateEntryError': 'DUPLICATE',
  '417 ArchiveBenchError': 'BUSY',
  '417 LinkExistsError': 'REFUSED',
  '417 LinkValidationError': 'REFUSED',
  '417 SiteTooManyPendingBackups': 'BUSY',
  '417 TimestampMismatchError': 'RACE',
  '417 ValidationError': 'REFUSED',
  '429 RateLimitExceededError': 'RATE_LIMITED',
  '500 QueryTimeoutError': 'CONTENTION',
};

function expectedCode({ file, status, body }: Recorded): PressErrorCode | undefined {
  if (file.startsWith('path-') && status === 401) return 'PATH_NOT_ALLOWED';
  const text = JSON.stringify(body);
  if (text.includes('due to unarchived sites on bench')) return 'REFUSED';
  if (/is in <strong>(pending|installing|updating|recovering)</.test(text)) return 'BUSY';
  const { exc_type: excType = '-' } = (body ?? {}) as { exc_type?: string };
  return EXPECTED[`${status} ${excType}`] ?? (status === 500 ? 'SERVER_ERROR' : undefined);
}

describe('recorded refusals', () => {
  const refused = RECORDED.filter(({ status }) => status >= 300);

  it('are of many kinds', () => {
    expect(refused.length).toBeGreaterThan(80);
  });

  it('map to the code a reader of the contract expects', async () => {
    const { press, play } = await player();
    for (const recorded of refused) {
      play(recorded);
      const error = await pressErrorOf(press.call('press.api.x.y', {}));
      expect(error, recorded.name).toBeInstanceOf(PressError);
      expect(error.code, recorded.name).toBe(expectedCode(recorded));
      expect(error.message, recorded.name).not.toMatch(/<\/?\w+>/);
      expect(error.message, recorded.name).not.toBe('');
    }
  });
});
