import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../../src/cli/progress.js';
import { asPersonId } from '../../../src/cli/person.js';
import { renderError } from '../../../src/cli/render/error.js';
import { renderFaults, renderRecord } from '../../../src/cli/render/ledger.js';
import { renderFindings } from '../../../src/cli/render/doctor.js';
import { renderList } from '../../../src/cli/render/list.js';
import { liveRegion } from '../../../src/cli/render/live.js';
import { clockTime, duration } from '../../../src/cli/render/time.js';
import { SiteBusy, Unreachable } from '../../../src/errors.js';
import { ago, statusWith, view } from './fixture.js';

it.each([
  [400, '0.4 s'],
  [12_400, '12 s'],
  [840_000, '14 min'],
  [7_500_000, '2 h 5 min'],
  [7_200_000, '2 h'],
  [3 * 86_400_000, '3 days'],
  [-5, '0.0 s'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

it('names the day of a clock time only when it is another one', () => {
  expect(clockTime('2026-11-20T22:40:00Z', view.now, 'UTC')).toBe('22:40');
  expect(clockTime('2026-12-04T10:12:00Z', view.now, 'UTC')).toBe('4 Dec 10:12');
});

it.each([
  ['root', 'root'],
  ['DOMAIN\\Jané Doe', 'DOMAIN-Jane-Doe'],
  ['jane@example.com', 'jane-example.com'],
  ['_svc', 'svc'],
  ['---', ''],
])('makes an id of the user name %s', (name, id) => {
  expect(asPersonId(name)).toBe(id);
});

describe('errors', () => {
  it('say once what to do', () => {
    const hint = 'Start the local stack with `npm start`.';
    expect(renderError(new Unreachable('Temporal', '127.0.0.1:7233', hint), view)).toEqual([
      `Temporal does not answer at 127.0.0.1:7233. ${hint}`,
    ]);
    expect(renderError(new SiteBusy('acme.example.com', ['1', '2']), view)).toEqual([
      'acme.example.com has 2 open operations: 1, 2',
      '  → say which one: --operation 1 or --operation 2',
    ]);
  });
});

describe('progress in a log', () => {
  it('has a line for what is new, and nothing twice', () => {
    const before = statusWith();
    const [preflight, create, verify] = before.steps;
    if (!preflight || !create || !verify) return expect.fail('the fixture has three steps');
    const done = { ...create, state: 'done' as const, endedAt: ago(0) };
    expect(changesBetween(null, before, view)).toHaveLength(4);
    expect(changesBetween(before, before, view)).toEqual([]);
    expect(changesBetween(before, { ...before, steps: [preflight, done, verify] }, view)).toEqual([
      '  ✓ create  12 s',
    ]);
  });

  it('tells who is waited for in the queue, and again when somebody else has the lock', () => {
    const queuedBehind = (holder: string) =>
      statusWith({
        state: 'queued',
        steps: [],
        waiting: { what: `the lock, held by ${holder}`, since: ago(1), until: ago(-600) },
      });
    const [backup, move] = [queuedBehind('backup 1'), queuedBehind('move 2')];
    expect(changesBetween(statusWith({ steps: [] }), backup, view)).toEqual([
      'acme-shop.example.com: QUEUED',
      '  waits for     the lock, held by backup 1 · for 1.0 s · until 22:10',
    ]);
    expect(changesBetween(backup, backup, view)).toEqual([]);
    expect(changesBetween(backup, move, view)).toEqual([
      '  waits for     the lock, held by move 2 · for 1.0 s · until 22:10',
    ]);
  });

  it('tells once more what a step waits for when it can be given up', () => {
    const [preflight, create, verify] = statusWith().steps;
    if (!preflight || !create || !verify) return expect.fail('the fixture has three steps');
    const asked = { ...create, detail: 'set CNAME acme.example.com' };
    const after = statusWith({ steps: [preflight, asked, verify], choices: ['give_up'] });
    const lines = changesBetween(statusWith(), after, view);
    expect(lines[0]).toContain('set CNAME acme.example.com');
    expect(changesBetween(after, after, view)).toEqual([]);
  });

  it('shows the commands once when a decision is waited for', () => {
    const waits = statusWith({ state: 'waiting_approval' });
    const lines = changesBetween(statusWith(), waits, view).join('\n');
    expect(lines).toContain('npx sitewright approve acme-shop.example.com');
    expect(changesBetween(waits, waits, view)).toEqual([]);
  });
});

describe('lines that are redrawn', () => {
  it('go back over as many rows as the lines before took', () => {
    let written = '';
    const region = liveRegion({ raw: (text) => (written += text), columns: 10 });
    region.draw(['short', 'longer than the terminal']);
    written = '';
    region.draw(['\u001B[31mred\u001B[39m']);
    expect(written).toContain('\u001B[4A\u001B[0J');
    written = '';
    region.erase();
    expect(written).toBe('\u001B[1A\u001B[0J\u001B[?25h');
  });
});

it('lists operations in columns', () => {
  const { operationId, workflowId, site, kind, account, requestedBy } = statusWith();
  const shared = { operationId, workflowId, site, kind, account, requestedBy, link: null };
  const lines = renderList(
    [
      {
        ...shared,
        state: 'waiting_approval',
        needsAttention: true,
        waitingFor: ['operator'],
        startedAt: ago(90),
        since: ago(60),
      },
      {
        ...shared,
        site: 'b.example.com',
        state: 'succeeded',
        needsAttention: false,
        waitingFor: [],
        startedAt: ago(900),
        since: ago(600),
      },
    ],
    view,
  );
  expect(lines).toEqual([
    'site                   operation  state                            for   started     by     id',
    'acme-shop.example.com  provision  WAITING FOR APPROVAL (operator)  60 s  90 s ago    sales  0f3a5c7e9b1d2f40',
    'b.example.com          provision  SUCCEEDED                              15 min ago  sales  0f3a5c7e9b1d2f40',
  ]);
  expect(renderList([], view)).toEqual([
    'No operations. Start one: npx sitewright provision --help',
  ]);
});

describe('the ledger', () => {
  const operation = {
    ...{ operationId: '0f3a', kind: 'provision' as const, site: 'acme.example.com' },
    ...{ account: 'main', requestedBy: 'sales', idempotencyKey: null, payloadHash: '' },
    ...{ reason: 'sold', workflowId: 'w', runId: 'r', state: 'succeeded' as const },
    ...{ needsAttention: false, openedAt: ago(900), closedAt: ago(600), result: null, input: {} },
  };
  const event = (sequence: number, seconds: number, type: string, data: object) => ({
    ...{ operationId: '0f3a', sequence, key: String(sequence), type },
    ...{ data: data as never, at: ago(seconds), previousHash: '', hash: '' },
  });

  it('is told with the time since the first entry and what matters of each', () => {
    const decision = {
      verdict: 'approve',
      by: 'jane',
      verified: false,
      accepted: true,
      reason: 'ok',
    };
    const tracker = { kind: 'site-creation', site: 'acme', job: 'vgtuklgivk' };
    const lines = renderRecord(
      operation,
      [
        event(1, 900, 'operation.opened', { requestedBy: 'sales' }),
        event(2, 890, 'decision.recorded', { ledger: { decision } }),
        event(3, 880, 'command.sent', { step: 'create', endpoint: 'press.api.site.new', tracker }),
        event(4, 600, 'operation.closed', { outcome: 'succeeded', reason: null }),
        event(5, 600, 'something.new', { a: 1 }),
      ],
      view,
    );
    expect(lines).toEqual([
      'provision acme.example.com   SUCCEEDED',
      '  operation     0f3a',
      '  requested     by sales, 15 min ago, took 5 min',
      '  reason        sold',
      '',
      '  +0.0 s  operation.opened   requested by sales',
      '  +10 s   decision.recorded  approve by jane (UNVERIFIED), counts: ok',
      '  +20 s   command.sent       create · press.api.site.new · vgtuklgivk',
      '  +5 min  operation.closed   succeeded',
      '  +5 min  something.new      {"a":1}',
    ]);
  });

  it('says of a verification what was found', () => {
    expect(renderFaults(1, [], view)).toEqual(['✓ the chains of 1 operation are whole']);
    const fault = { operationId: '0f3a', sequence: 3, problem: 'it was changed' };
    expect(renderFaults(2, [fault], view)).toEqual([
      '✗ 1 faults in the chains of 2 operations',
      '  0f3a entry 3: it was changed',
    ]);
  });
});

it('puts what to do below a finding', () => {
  expect(
    renderFindings(
      [
        { what: 'temporal', result: 'ok', message: 'Temporal 1.29.1' },
        { what: 'account', result: 'bad', message: 'account main: wrong team', hint: 'set it' },
      ],
      view,
    ),
  ).toEqual(['  ✓ Temporal 1.29.1', '  ✗ account main: wrong team', '        → set it']);
});
