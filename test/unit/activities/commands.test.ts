import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src/activities/commands.js';
import { Defect, NotYet, OutcomeUnknown, Refused } from '../../../src/activities/errors.js';
import type { CommandKey } from '../../../src/domain/operations.js';
import { PRODUCTION_TIMING } from '../../../src/domain/timing.js';
import {
  dies,
  fails,
  FOUND,
  lands,
  NONE,
  openBench,
  openKey,
  pressError,
  scripted,
} from './fixture.js';

const { horizon } = PRODUCTION_TIMING;

describe('a command', () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  let key: CommandKey;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    key = await openKey(bench.ledger);
  });
  afterEach(() => vi.useRealTimers());

  const make = (script: Parameters<typeof scripted>[1]) =>
    scripted({ key, account: bench.account }, script);
  const run = (command: ReturnType<typeof scripted>['command']) => runCommand(bench.deps, command);
  const row = () => bench.ledger.getCommand(key);
  const untilSent = (seen: { readonly sends: number }) =>
    vi.waitUntil(() => seen.sends === 1, 20_000);
  const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

  it('is sent once, and remembered', async () => {
    const { command, seen } = make({});
    expect(await run(command)).toMatchObject({ how: 'sent' });
    expect(await run(command)).toMatchObject({ how: 'recorded' });
    expect(seen).toEqual({ sends: 1, looks: 0 });
  });

  it('is sent by one of two attempts that start together', async () => {
    const { command, seen } = make({});
    const ends = await Promise.allSettled([run(command), run(command), run(command)]);
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(seen.sends).toBe(1);
    for (const end of ends) {
      if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(NotYet);
    }
  });

  it('that was on its way when its worker died is looked for until the horizon, twice, then sent', async () => {
    const { command, seen } = make({ sends: [dies, lands] });
    void run(command);
    await untilSent(seen);

    await expect(run(command)).rejects.toThrow('it may still land');
    later(horizon - 1);
    await expect(run(command)).rejects.toThrow('it may still land');
    later(1);
    await expect(run(command)).rejects.toThrow('looking once more');
    expect(seen.sends).toBe(1);
    expect(await run(command)).toMatchObject({ how: 'sent' });
    expect(seen).toEqual({ sends: 2, looks: 4 });
    expect(await row()).toMatchObject({ state: 'settled', attempt: 2 });
  });

  it('that has a natural key is sent again at once', async () => {
    const { command, seen } = make({ sends: [dies, lands], repeat: 'at_once' });
    void run(command);
    await untilSent(seen);
    expect(await run(command)).toMatchObject({ how: 'sent' });
    expect(seen).toEqual({ sends: 2, looks: 1 });
  });

  it('that landed although its answer was lost is adopted', async () => {
    const lost = pressError('TIMEOUT', { sent: 'maybe', ended: false, lastByteAt: 1_000 });
    const { command, seen } = make({ sends: [fails(lost)], finds: [FOUND] });
    await expect(run(command)).rejects.toThrow(NotYet);
    expect(await row()).toMatchObject({ state: 'sent', contactEndedAt: 1_000 });
    expect(await run(command)).toMatchObject({ how: 'adopted', tracker: { job: 'j1' } });
    expect(seen.sends).toBe(1);
  });

  it('whose contact ended later than thought has a later horizon', async () => {
    const { command, seen } = make({ sends: [dies, lands] });
    void run(command);
    await untilSent(seen);
    await expect(run(command)).rejects.toThrow(NotYet);
    later(horizon);
    await expect(run(command)).rejects.toThrow('looking once more');
    // The first attempt was alive all the time, and only now hears its connection break.
    await bench.ledger.contactEnded(key, 1, Date.now());
    await expect(run(command)).rejects.toThrow('it may still land');
    later(horizon);
    await expect(run(command)).rejects.toThrow('looking once more');
    expect(await run(command)).toMatchObject({ how: 'sent' });
  });

  it('that certainly never left is sent again without waiting', async () => {
    const unreachable = pressError('UNREACHABLE', { sent: 'no', ended: false, status: null });
    const { command, seen } = make({ sends: [fails(unreachable), lands] });
    await expect(run(command)).rejects.toBe(unreachable);
    expect(await row()).toMatchObject({ state: 'intended', attempt: 1 });
    expect(await run(command)).toMatchObject({ how: 'sent' });
    expect(seen).toEqual({ sends: 2, looks: 0 });
  });

  it.each(['REFUSED', 'FORBIDDEN', 'NOT_FOUND'] as const)(
    'that is %s is never sent again',
    async (code) => {
      const { command, seen } = make({ sends: [fails(pressError(code))] });
      await expect(run(command)).rejects.toThrow(Refused);
      await expect(run(command)).rejects.toThrow(Refused);
      expect(seen).toEqual({ sends: 1, looks: 0 });
      expect(await row()).toMatchObject({ state: 'refused', error: code });
    },
  );

  it.each(['DUPLICATE', 'SERVER_ERROR', 'BAD_ANSWER'] as const)(
    'answered with %s is looked for: the effect may be there',
    async (code) => {
      const status = code === 'SERVER_ERROR' ? 500 : 200;
      const { command, seen } = make({
        sends: [fails(pressError(code, { status }))],
        finds: [FOUND],
      });
      expect(await run(command)).toMatchObject({ how: 'adopted' });
      expect(seen).toEqual({ sends: 1, looks: 1 });
    },
  );

  it.each(['CONTENTION', 'RACE', 'BUSY', 'RATE_LIMITED', 'UNAUTHORIZED', 'SERVER_ERROR'] as const)(
    'answered with %s and found nowhere may be sent again',
    async (code) => {
      const status = code === 'CONTENTION' || code === 'SERVER_ERROR' ? 500 : 417;
      const error = pressError(code, { status });
      const { command } = make({ sends: [fails(error), lands] });
      await expect(run(command)).rejects.toBe(error);
      expect(await row()).toMatchObject({ state: 'intended' });
      expect(await run(command)).toMatchObject({ how: 'sent' });
    },
  );

  it('whose effect is somebody else’s is refused', async () => {
    const finds = [{ state: 'foreign', reason: 'theirs' }] as const;
    const { command } = make({ sends: [fails(pressError('DUPLICATE', { status: 409 }))], finds });
    await expect(run(command)).rejects.toThrow(new Refused('theirs'));
  });

  it('whose effect may be anybody’s goes to a person, and stays open', async () => {
    const finds = [{ state: 'ambiguous', reason: 'whose?' }] as const;
    const { command, seen } = make({ sends: [dies], finds });
    void run(command);
    await untilSent(seen);
    await expect(run(command)).rejects.toThrow(OutcomeUnknown);
    expect(await row()).toMatchObject({ state: 'sent' });
  });

  it('of an attempt that stalled does not undo what a newer one found', async () => {
    let refuse = (): void => undefined;
    const stalled = () =>
      new Promise<never>((_, reject) => {
        refuse = () => reject(pressError('REFUSED'));
      });
    const { command, seen } = make({ sends: [stalled], finds: [NONE, FOUND] });
    const first = run(command);
    await untilSent(seen);
    await expect(run(command)).rejects.toThrow(NotYet);
    expect(await run(command)).toMatchObject({ how: 'adopted' });
    refuse();
    await expect(first).rejects.toThrow(Refused);
    expect(await row()).toMatchObject({ state: 'settled' });
    expect(await run(command)).toMatchObject({ how: 'recorded' });
  });

  it('that comes back with another payload is a defect', async () => {
    await run(make({ payload: { plan: 'USD 25' } }).command);
    const { command, seen } = make({ payload: { plan: 'USD 50' } });
    await expect(run(command)).rejects.toThrow(Defect);
    expect(seen.sends).toBe(0);
  });
});
