import { expect, it } from 'vitest';
import { type Ledger, UnknownCommand, UnknownOperation } from '../../../src/ledger/index.js';
import type { Tracker } from '../../../src/domain/trackers.js';
import { atOnce, closed, event, onBothDatabases, opened, operation, result } from './fixture.js';

const key = { operationId: 'op', step: 'create', round: 1 };
const tracker: Tracker = { kind: 'site-creation', site: 'acme.example.com', job: 'vgtuklgivk' };
const pressNow = 1_790_000_000_123;

onBothDatabases('commands', (bench) => {
  const begin = async (ledger: Ledger) => {
    await ledger.openOperation(operation('op'), opened);
    return ledger.beginCommand(key, 'press.api.site.new', 'hash');
  };

  it('writes an intent down once', async () => {
    const { ledger } = bench();
    const row = await begin(ledger);
    expect(row).toEqual({
      ...key,
      endpoint: 'press.api.site.new',
      payloadHash: 'hash',
      state: 'intended',
      attempt: 0,
      firstSentAt: null,
      contactEndedAt: null,
      negativeReads: 0,
      tracker: null,
      evidence: null,
      error: null,
    });
    expect(await ledger.beginCommand(key, 'other', 'other')).toEqual(row);
    expect(await ledger.beginCommand({ ...key, round: 2 }, 'x', 'y')).toMatchObject({ attempt: 0 });
    expect(await ledger.commandsOf('op')).toHaveLength(2);
    await expect(ledger.beginCommand({ ...key, operationId: 'no' }, 'x', 'y')).rejects.toThrow(
      UnknownOperation,
    );
  });

  it('lets one of twenty claim an attempt', async () => {
    const { ledger, another } = bench();
    await begin(ledger);
    const ledgers = [ledger, await another(), await another()] as const;
    const race = (attempt: number) =>
      atOnce(20, ledgers, (one, i) => one.claimCommand(key, attempt, pressNow + i));
    expect((await race(0)).filter(Boolean)).toHaveLength(1);
    expect((await race(1)).filter(Boolean)).toHaveLength(1);
    expect((await race(0)).filter(Boolean)).toHaveLength(0);
    expect(await ledger.getCommand(key)).toMatchObject({ state: 'sent', attempt: 2 });
  });

  it('keeps the time of the first send and starts counting anew with each claim', async () => {
    const { ledger } = bench();
    await begin(ledger);
    expect(await ledger.claimCommand(key, 0, pressNow)).toBe(true);
    await ledger.contactEnded(key, 1, 5_000);
    expect(await ledger.countNegativeRead(key, 1)).toBe(1);
    expect(await ledger.countNegativeRead(key, 1)).toBe(2);
    expect(await ledger.claimCommand(key, 1, pressNow + 60_000)).toBe(true);
    expect(await ledger.getCommand(key)).toMatchObject({
      attempt: 2,
      firstSentAt: pressNow,
      contactEndedAt: null,
      negativeReads: 0,
    });
  });

  it('hears only the newest attempt', async () => {
    const { ledger } = bench();
    await begin(ledger);
    await ledger.claimCommand(key, 0, pressNow);
    await ledger.claimCommand(key, 1, pressNow);
    await ledger.contactEnded(key, 1, 5_000);
    expect(await ledger.countNegativeRead(key, 1)).toBe(0);
    await ledger.settleCommand(
      key,
      { state: 'intended', error: 'refused the connection', attempt: 1 },
      event('create/1/failed/1'),
    );
    expect(await ledger.getCommand(key)).toMatchObject({
      state: 'sent',
      contactEndedAt: null,
      negativeReads: 0,
      error: null,
    });
    expect(await ledger.events('op')).toHaveLength(1);
  });

  it('voids negative reads when contact turns out to have ended later', async () => {
    const { ledger } = bench();
    await begin(ledger);
    await ledger.claimCommand(key, 0, pressNow);
    await ledger.contactEnded(key, 1, 5_000);
    await ledger.countNegativeRead(key, 1);
    await ledger.contactEnded(key, 1, 4_000);
    expect(await ledger.getCommand(key)).toMatchObject({ contactEndedAt: 5_000, negativeReads: 1 });
    await ledger.contactEnded(key, 1, 6_000);
    expect(await ledger.getCommand(key)).toMatchObject({ contactEndedAt: 6_000, negativeReads: 0 });
  });

  it('settles once, with the tracker in the chain, and is never sent again', async () => {
    const { ledger } = bench();
    await begin(ledger);
    await ledger.claimCommand(key, 0, pressNow);
    const settled = { state: 'settled', tracker, evidence: { job: 'vgtuklgivk' } } as const;
    const told = { key: 'create/1/settled', type: 'command.sent', data: { step: 'create' } };
    await Promise.all(Array.from({ length: 5 }, () => ledger.settleCommand(key, settled, told)));
    await ledger.settleCommand(key, { state: 'refused', error: 'late' }, event('late'));

    expect(await ledger.getCommand(key)).toMatchObject({ ...settled, attempt: 1 });
    expect(await ledger.claimCommand(key, 1, pressNow)).toBe(false);
    const events = await ledger.events('op');
    expect(events.map((entry) => entry.key)).toEqual(['opened', 'create/1/settled']);
    expect(events[1]).toMatchObject({
      type: 'command.sent',
      data: { step: 'create', ledger: { command: { state: 'settled', tracker, attempt: 1 } } },
    });
  });

  it('may be sent again after it certainly came to nothing, not after a refusal', async () => {
    const { ledger } = bench();
    await begin(ledger);
    const failed = { state: 'intended', error: 'rate limit' } as const;
    for (const attempt of [0, 1]) {
      expect(await ledger.claimCommand(key, attempt, pressNow)).toBe(true);
      await ledger.settleCommand(key, failed, event('create/1/failed'));
    }
    await ledger.settleCommand(key, { state: 'refused', error: 'name taken' }, event('no'));
    expect(await ledger.claimCommand(key, 2, pressNow)).toBe(false);
    expect(await ledger.getCommand(key)).toMatchObject({ state: 'refused', error: 'name taken' });
    expect((await ledger.events('op')).map((entry) => entry.key)).toEqual([
      'opened',
      'create/1/failed',
      'create/1/failed#2',
      'no',
    ]);
    expect(await ledger.verify()).toEqual([]);
  });

  it('sends nothing for a closed operation', async () => {
    const { ledger } = bench();
    await begin(ledger);
    await ledger.closeOperation(result('op'), closed);
    expect(await ledger.claimCommand(key, 0, pressNow)).toBe(false);
  });

  it('settles only what was begun', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    await expect(
      ledger.settleCommand(key, { state: 'refused', error: null }, event('x')),
    ).rejects.toThrow(UnknownCommand);
    expect(await ledger.getCommand(key)).toBeNull();
  });
});
