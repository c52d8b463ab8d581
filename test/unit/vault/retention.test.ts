import { describe, expect, it } from 'vitest';
import { abandoned, type CopyManifest, expired, handleFor } from '../../../src/vault/index.js';
import { details } from './fixture.js';

const now = new Date('2026-11-20T22:00:00Z');

function copy(daysAgo: number, change: Partial<CopyManifest> = {}): CopyManifest {
  const takenAt = new Date(now.getTime() - daysAgo * 86_400_000).toISOString();
  const made = { ...details, takenAt, ...change };
  return { ...made, handle: handleFor(made), storedAt: takenAt, files: [] };
}

const [fresh, month, year, decade] = [copy(1), copy(31), copy(365), copy(3_650)];
const rule = { keepDays: 30, keepAtLeast: 0, now, pinned: [] };

describe('what may go', () => {
  it('is what was taken longer ago than policy keeps', () => {
    expect(expired([fresh, decade, month, year], rule)).toEqual([decade, month, year]);
    expect(expired([copy(30), copy(29.99)], rule)).toHaveLength(1);
    expect(expired([], rule)).toEqual([]);
  });

  it('is never among the newest of a site of an account', () => {
    const elsewhere = [
      copy(400, { site: 'other.example.com' }),
      copy(500, { account: 'second', operationId: 'x' }),
    ];
    const all = [year, month, decade, ...elsewhere];
    expect(expired(all, { ...rule, keepAtLeast: 1 })).toEqual([year, decade]);
    expect(expired(all, { ...rule, keepAtLeast: 2 })).toEqual([decade]);
    expect(expired(all, { ...rule, keepAtLeast: 3 })).toEqual([]);
  });

  it('is never what an open operation uses', () => {
    const pinned = [year.handle];
    expect(expired([fresh, month, year], { ...rule, pinned })).toEqual([month]);
  });

  it('is what has reached its own date, and not before', () => {
    const longer = copy(90, { expiresAt: '2026-11-21T00:00:00Z', operationId: 'a' });
    const shorter = copy(2, { expiresAt: '2026-11-20T00:00:00Z', operationId: 'b' });
    expect(expired([longer, shorter], rule)).toEqual([shorter]);
  });
});

describe('what nobody goes on with', () => {
  it('is what was last written to a week ago, unless an open operation makes it', () => {
    const at = (daysAgo: number) => ({
      handle: copy(daysAgo).handle,
      lastWrittenAt: new Date(now.getTime() - daysAgo * 86_400_000).toISOString(),
    });
    const copies = [at(6), at(7), at(8)];
    expect(abandoned(copies, { now, pinned: [] })).toEqual(copies.slice(1));
    expect(abandoned(copies, { now, pinned: [at(8).handle] })).toEqual([at(7)]);
  });
});
