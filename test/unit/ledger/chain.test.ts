import { expect, it } from 'vitest';
import type { Ledger, RecordedDecision } from '../../../src/ledger/index.js';
import { hashOf } from '../../../src/ledger/chain.js';
import { atOnce, closed, event, onBothDatabases, opened, operation, result } from './fixture.js';

const decision: RecordedDecision = {
  operationId: 'op',
  key: 'approve/ada/1',
  verdict: 'approve',
  by: 'ada',
  verified: true,
  roles: ['operator'],
  planHash: 'cafe',
  accepted: true,
  reason: null,
  policyVersion: '7',
};
const command = { operationId: 'op', step: 'create', round: 1 };

/** An operation with an entry of every sort: opened 1, a 2, b 3, decision 4, settled 5, closed 6. */
async function fullStory(ledger: Ledger): Promise<void> {
  await ledger.openOperation(operation('op'), opened);
  await ledger.record('op', { events: [event('a', { n: 1, z: 0, b: [1.5, null] }), event('b')] });
  await ledger.recordDecision(decision);
  await ledger.beginCommand(command, 'press.api.site.new', 'hash');
  await ledger.claimCommand(command, 0, 1);
  await ledger.settleCommand(
    command,
    { state: 'settled', tracker: { kind: 'done' }, evidence: null },
    event('settled'),
  );
  await ledger.closeOperation(result('op'), closed);
}

onBothDatabases('the chain', (bench) => {
  it('hangs each entry on the one before it, from 64 zeros on', async () => {
    const { ledger } = bench();
    await fullStory(ledger);
    const events = await ledger.events('op');
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events.map(({ previousHash }) => previousHash)).toEqual([
      '0'.repeat(64),
      ...events.slice(0, -1).map(({ hash }) => hash),
    ]);
    expect(events.map(({ hash }) => hash)).toEqual(events.map(hashOf));
    expect(await ledger.verify()).toEqual([]);
  });

  it('has no gap and no double after many wrote at once', async () => {
    const { ledger, another } = bench();
    await ledger.openOperation(operation('op'), opened);
    const ledgers = [ledger, await another(), await another()] as const;
    await atOnce(60, ledgers, (one, i) =>
      one.record('op', { events: [event(`e${i % 40}`), event(`f${i}`)] }),
    );
    const events = await ledger.events('op');
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 101 }, (_, i) => i + 1),
    );
    expect(await ledger.verify('op')).toEqual([]);
  });

  it('ignores an event that is known, also within one call', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    await ledger.record('op', { events: [event('a', 1), event('a', 2), event('b')] });
    await ledger.record('op', { events: [event('a', 3)] });
    const events = await ledger.events('op');
    expect(events.map((entry) => [entry.key, entry.data])).toMatchObject([
      ['opened', { by: 'crm' }],
      ['a', 1],
      ['b', null],
    ]);
  });

  it('records decisions once, those that do not count as well', async () => {
    const { ledger } = bench();
    await ledger.openOperation(operation('op'), opened);
    const refused = {
      ...decision,
      key: 'approve/bob/1',
      by: 'bob',
      accepted: false,
      reason: 'late',
    };
    await Promise.all([1, 2, 3].map(() => ledger.recordDecision(decision)));
    await ledger.closeOperation(result('op', { outcome: 'expired' }), closed);
    await ledger.recordDecision(refused);
    expect(await ledger.decisionsOf('op')).toEqual([decision, refused]);
    expect((await ledger.events('op')).map(({ type }) => type)).toEqual([
      'operation.opened',
      'decision.recorded',
      'operation.closed',
      'decision.recorded',
    ]);
    expect(await ledger.verify()).toEqual([]);
  });

  it.each([
    ['changed data', `update ledger_events set data = '{"n":2}' where sequence = 2`, 2, 'changed'],
    ['broken data', `update ledger_events set data = '{' where sequence = 2`, 2, 'changed'],
    ['a changed time', `update ledger_events set at = '2020' where sequence = 3`, 3, 'changed'],
    ['a changed hash', `update ledger_events set hash = 'f' where sequence = 3`, 3, 'changed'],
    ['a lost entry', 'delete from ledger_events where sequence = 3', 3, 'missing'],
    ['lost first entries', 'delete from ledger_events where sequence < 3', 1, '1 to 2 are missing'],
    ['a lost end', 'delete from ledger_events where sequence > 4', 5, '5 to 6 are missing'],
    ['a moved entry', 'update ledger_events set sequence = 9 where sequence = 3', 3, 'missing'],
    [
      'an entry too many',
      `insert into ledger_events select operation_id, 7, 'x', type, data, at, hash, hash
       from ledger_events where sequence = 6`,
      7,
      'changed',
    ],
    ['a changed result', `update operations set result = '{}'`, 6, 'recorded result'],
    ['a changed outcome', `update operations set state = 'abandoned'`, 6, 'recorded outcome'],
    ['a reopened operation', 'update operations set closed_at = null, result = null', 6, 'result'],
    ['another payload', `update operations set payload_hash = 'x'`, 1, 'recorded opening'],
    ['a lost decision', 'delete from decisions', 4, 'recorded decision approve/ada/1'],
    ['a turned decision', 'update decisions set accepted = 0', 4, 'recorded decision'],
    [
      'an invented decision',
      `insert into decisions select operation_id, 'x', 9, verdict, 'eve', verified, roles,
       plan_hash, accepted, reason, policy_version from decisions`,
      6,
      'no entry tells of the recorded decision x',
    ],
    ['a changed tracker', `update commands set tracker = 'null'`, 5, 'recorded command create/1'],
    ['a command set back', `update commands set state = 'sent'`, 5, 'recorded command create/1'],
  ])('notices %s', async (_, tampering, sequence, problem) => {
    const { ledger, sql } = bench();
    await fullStory(ledger);
    await ledger.openOperation(operation('sound'), opened);
    await sql(tampering.replace(/^((update|delete).*)$/s, onlyOp));
    const faults = await ledger.verify();
    expect(faults[0]).toMatchObject({ operationId: 'op', sequence });
    expect(faults.map((fault) => fault.problem).join()).toContain(problem);
    expect(await ledger.verify('sound')).toEqual([]);
  });

  it('notices two entries that changed places', async () => {
    const { ledger, sql } = bench();
    await fullStory(ledger);
    await sql('update ledger_events set sequence = 99 where sequence = 2');
    await sql('update ledger_events set sequence = 2 where sequence = 3');
    await sql('update ledger_events set sequence = 3 where sequence = 99');
    const faults = await ledger.verify('op');
    expect(faults.map(({ sequence }) => sequence)).toContain(2);
    expect(faults.map(({ problem }) => problem)).toContain(
      'it does not follow the entry before it',
    );
  });

  it('may be read while others append', async () => {
    const { ledger, another } = bench();
    await ledger.openOperation(operation('op'), opened);
    const writer = await another();
    const writes = Array.from({ length: 30 }, (_, i) =>
      writer.record('op', { events: [event(`e${i}`)] }),
    );
    const reads = Array.from({ length: 30 }, () => ledger.verify());
    expect((await Promise.all(reads)).flat()).toEqual([]);
    await Promise.all(writes);
  });
});

/** Leaves the operation beside it alone. */
function onlyOp(statement: string): string {
  return `${statement}${/ where /.test(statement) ? ' and' : ' where'} operation_id = 'op'`;
}
