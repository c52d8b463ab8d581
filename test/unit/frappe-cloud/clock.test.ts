import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPressClock, parseNaive } from '../../../src/frappe-cloud/clock.js';

const MINUTE = 60_000;

describe('datetimes of Press', () => {
  it.each([
    ['2026-11-21 03:32:20.148519', Date.UTC(2026, 10, 20, 22, 2, 20, 148)],
    ['2026-11-21 03:32:20', Date.UTC(2026, 10, 20, 22, 2, 20)],
    ['2026-11-21 03:32:20.5', Date.UTC(2026, 10, 20, 22, 2, 20, 500)],
    ['2026-11-21T03:32:20', Date.UTC(2026, 10, 20, 22, 2, 20)],
  ])('%s in India', (text, expected) => {
    expect(parseNaive(text, 330)).toBe(expected);
  });

  it.each(['', '2026-11-21', '3:54:46.040438', '2026-13-45 99:00:00', 'yesterday'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseNaive(text, 330)).toThrow(RangeError);
    },
  );
});

describe('the clock of an account', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 20, 12) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('assumes India until it is told or shown otherwise', () => {
    const clock = createPressClock();
    expect(clock).toMatchObject({ offsetMinutes: 330, calibrated: false });
    expect(createPressClock(0)).toMatchObject({ offsetMinutes: 0, calibrated: true });
  });

  it('goes on from the last Date header, whatever our own clock says', () => {
    const clock = createPressClock();
    expect(clock.now()).toBe(Date.now());
    const serverTime = Date.UTC(2026, 10, 20, 11, 50);
    clock.observe(serverTime);
    vi.advanceTimersByTime(90_000);
    expect(clock.now()).toBe(serverTime + 90_000);
  });

  it('learns the zone from one moment told twice, rounded to a quarter', () => {
    const clock = createPressClock();
    clock.calibrateFromPair('2026-11-20 17:45:20.526178', '2026-11-20 12:00:22.526178');
    expect(clock).toMatchObject({ offsetMinutes: 345, calibrated: true });
    expect(clock.parse('2026-11-20 17:45:00')).toBe(Date.UTC(2026, 10, 20, 12));
  });

  it('lets such a pair correct a wrong configuration', () => {
    const clock = createPressClock(0);
    clock.calibrateFromPair('2026-11-20 07:00:00', '2026-11-20 12:00:00');
    expect(clock.offsetMinutes).toBe(-300);
  });

  it('learns the zone from a row made just now', () => {
    const clock = createPressClock();
    clock.observe(Date.now());
    vi.advanceTimersByTime(2_000);
    expect(clock.calibrateFromFresh('2026-11-20 13:00:01.5')).toBe(true);
    expect(clock.offsetMinutes).toBe(60);
  });

  it('learns nothing from an old row, or before the server told its time', () => {
    const clock = createPressClock();
    expect(clock.calibrateFromFresh('2026-11-20 13:00:01')).toBe(false);
    clock.observe(Date.now());
    vi.advanceTimersByTime(5 * MINUTE);
    expect(clock.calibrateFromFresh('2026-11-20 13:00:01')).toBe(false);
    expect(clock.offsetMinutes).toBe(330);
  });
});
