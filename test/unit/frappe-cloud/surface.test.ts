import { describe, expect, it } from 'vitest';
import * as client from '../../../src/frappe-cloud/index.js';
import { SURFACE } from '../../../src/frappe-cloud/surface/index.js';
import { OFFERS } from '../../../src/frappe-cloud/surface/offers.js';
import type { SurfaceRow } from '../../../src/frappe-cloud/surface/row.js';
import { usersOfRows } from '../../support/surface-users.js';
import { PARSED, recordedTimes } from './support/recorded-endpoints.js';
import manifest from '../../../package.json' with { type: 'json' };
import inventory from '../../fixtures/press/inventory.json' with { type: 'json' };

const ROWS: readonly SurfaceRow[] = SURFACE.flatMap(({ rows }) => rows);
const TIMES = recordedTimes();
const ENDPOINTS = new Set(ROWS.map(({ endpoint }) => endpoint));
const usersOf = usersOfRows();
const exported = new Map<string, unknown>(Object.entries(client));

describe.each(SURFACE)('the surface: $title', ({ title, rows }) => {
  it('has a row for every entry of the inventory, and each of its own once', () => {
    const listed = new Map<string, readonly string[]>(Object.entries(inventory.groups));
    const endpoints = rows.map(({ endpoint }) => endpoint);
    expect([...endpoints].sort()).toEqual([...(listed.get(title) ?? [])].sort());
  });

  it('names functions that exist', () => {
    const unknown = rows.filter(
      ({ reach }) => 'call' in reach && typeof exported.get(reach.call) !== 'function',
    );
    expect(unknown).toEqual([]);
  });

  it('points to rows that exist and are reached themselves', () => {
    const reached = new Map(ROWS.map(({ endpoint, reach }) => [endpoint, reach.by]));
    const lost = rows.filter(
      ({ reach }) =>
        reach.by === 'another' &&
        ['another', 'nothing', undefined].includes(reached.get(reach.endpoint)),
    );
    expect(lost).toEqual([]);
  });

  it('has every recorded answer of what it reaches read by our schemas', () => {
    const unread = rows.filter(
      ({ endpoint, reach }) =>
        'call' in reach && (TIMES.get(endpoint)?.answers ?? 0) > 0 && !PARSED.has(endpoint),
    );
    expect(unread).toEqual([]);
  });

  it('has a user of each function, or a reason why only programs call it', () => {
    const called = rows.filter(({ reach }) => 'call' in reach);
    const isUsed = (row: SurfaceRow) => {
      const { operations, gateway, read } = usersOf(row);
      return operations.length > 0 || gateway || read;
    };
    expect(called.filter((row) => !isUsed(row) && row.offer === undefined)).toEqual([]);
    // A reason that has become untrue.
    expect(called.filter((row) => isUsed(row) && row.offer !== undefined)).toEqual([]);
  });

  it('says all of each', () => {
    const empty = rows.filter((row) =>
      [row.what, row.repeated, row.source].some((text) => text.trim() === ''),
    );
    expect(empty).toEqual([]);
  });
});

it('has every group of the inventory and its 198 entries, none of them twice', () => {
  expect(SURFACE.map(({ title }) => title)).toEqual(Object.keys(inventory.groups));
  const entries = Object.values(inventory.groups).flat();
  expect(new Set(entries).size).toBe(198);
  expect(entries).toHaveLength(198);
  expect(ENDPOINTS.size).toBe(ROWS.length);
});

it('gives reasons for entries whose functions are reached, and names the function of a step', () => {
  const rows = new Map(ROWS.map((row) => [row.endpoint, row]));
  for (const [endpoint, offer] of Object.entries(OFFERS)) {
    expect(rows.get(endpoint)?.reach, endpoint).toHaveProperty('call');
    if (offer.by === 'part') expect(exported.get(offer.of)).toBeTypeOf('function');
  }
});

it('lets programs import what is for them only', () => {
  expect(manifest.exports['./frappe-cloud']).toEqual({
    types: './dist/src/frappe-cloud/index.d.ts',
    default: './dist/src/frappe-cloud/index.js',
  });
});
