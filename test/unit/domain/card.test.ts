import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawCard, nextCommands } from '../../../src/domain/card.js';
import { CHOICES } from '../../../src/domain/messages.js';
import { isOutcome, type OperationState, OUTCOMES } from '../../../src/domain/operations.js';
import type { Plan } from '../../../src/domain/plan.js';
import type { OperationStatus } from '../../../src/domain/status.js';

const SINCE = '2026-11-20T23:41:07.000Z';
const OPEN: readonly OperationState[] = [
  'preflight',
  'waiting_approval',
  'queued',
  'running',
  'verifying',
  'compensating',
  'held',
  'needs_human',
];
const STATES: readonly OperationState[] = [...OPEN, ...OUTCOMES];

const rule = {
  rule: 'provision on larger plans',
  quorum: { operator: 1 },
  expiresAfterMs: 1,
  escalateAfterMs: 1,
};
const plan: Plan = {
  site: 'shop.frappe.cloud',
  summary: 'USD 100 · Version 15',
  material: {
    kind: 'provision',
    target: { team: 'CANARY-TARGET' },
    steps: [{ name: 'create', undo: 'archive the half-made site' }, { name: 'verify' }],
    pointOfNoReturn: null,
    mayLose: ['mails of today'],
    approval: null,
    rule: 'provision on larger plans',
  },
  hash: '0123456789abcdef',
  checks: [
    { name: 'name', result: 'pass', detail: 'free' },
    { name: 'plan', result: 'fail', detail: 'is restricted' },
  ],
  approval: rule,
  refusal: null,
  resources: ['CANARY-LOCK'],
  estimateSeconds: 300,
};
const base: OperationStatus = {
  operationId: 'op-1',
  workflowId: 'provision:shop.frappe.cloud:op-1',
  kind: 'provision',
  site: 'shop.frappe.cloud',
  account: 'main',
  requestedBy: 'crm',
  state: 'running',
  since: SINCE,
  steps: [
    { name: 'preflight', state: 'done' },
    { name: 'create', state: 'running', detail: 'step 4 of 7 Install Apps' },
  ],
  waiting: { what: 'create: job abc', since: SINCE, until: SINCE },
  needsAttention: false,
  plan,
  approval: null,
  problem: null,
  choices: [],
  undone: [],
  reason: null,
  exceptions: [],
  ignoredMessages: 0,
};
const waiting: OperationStatus = {
  ...base,
  state: 'waiting_approval',
  approval: {
    rule,
    counted: [
      { verdict: 'approve', by: 'dana', roles: [], verified: false, planHash: plan.hash },
      { verdict: 'approve', by: 'max', roles: [], verified: true, planHash: plan.hash },
    ],
    missing: ['manager'],
    expiresAt: SINCE,
    unsigned: 'allow',
  },
};

describe('the card', () => {
  it('tells a stranger what runs, which step, since when', () => {
    const card = drawCard(base);
    expect(card).toMatch(/^### provision shop\.frappe\.cloud: running\n/);
    expect(card).toContain('| step | 2 of 2: create (step 4 of 7 Install Apps) |');
    expect(card).toContain(
      'create: job abc, since 2026-11-20 23:41 UTC, until 2026-11-20 23:41 UTC',
    );
    expect(card).toContain('`npx sitewright cancel shop.frappe.cloud --operation op-1');
    expect(card).toContain('- [x] preflight\n- […] create: step 4 of 7 Install Apps');
  });

  it('tells an approver who is missing, what would be done and undone, and what to send', () => {
    const card = drawCard(waiting);
    expect(card).toContain('WAITING FOR APPROVAL');
    expect(card).toContain('Needs manager to agree. Agreed: dana (UNVERIFIED), max.');
    expect(card).toContain('- create (undo: archive the half-made site)');
    expect(card).toContain('- may lose mails of today');
    expect(card).toContain('- **plan stands in the way**');
    const [, json = ''] = card.split('```');
    expect(JSON.parse(json)).toMatchObject({ operationId: 'op-1', planHash: plan.hash });
  });

  it('offers no signal where unsigned decisions do not count', () => {
    const { approval } = waiting;
    const card = drawCard({ ...waiting, approval: approval && { ...approval, unsigned: 'deny' } });
    expect(card).not.toContain('Send a Signal');
    expect(card).not.toContain(plan.hash);
    expect(card).toContain('npx sitewright approve');
  });

  it('tells a person what failed, with its evidence and the choices', () => {
    const card = drawCard({
      ...base,
      state: 'needs_human',
      problem: {
        type: 'StepFailed',
        step: 'create',
        message: 'Install Apps failed',
        evidence: { job: 'abc', output: 'Traceback\n```\nboom' },
      },
      choices: ['retry', 'abandon'],
    });
    expect(card).toContain('**create**: Install Apps failed');
    expect(card.split('```')).toHaveLength(3);
    for (const choice of ['retry', 'abandon']) {
      expect(card).toContain(
        `\`npx sitewright resolve shop.frappe.cloud --operation op-1 ${choice} --reason "…"\``,
      );
    }
    expect(card).not.toContain('roll_back');
  });

  it('shows times of others as it shows its own', () => {
    const what = `the lock, held by backup 77aa since ${SINCE}`;
    const card = drawCard({ ...base, state: 'queued', waiting: { what, since: SINCE } });
    expect(card).toContain('77aa since 2026-11-20 23:41 UTC');
  });

  it('counts messages that were not for it', () => {
    expect(drawCard({ ...base, ignoredMessages: 3 })).toContain('| ignored | 3 messages');
    expect(drawCard(base)).not.toContain('ignored');
  });
});

const texts = fc.array(fc.string(), { maxLength: 3 });
const anyStatus: fc.Arbitrary<OperationStatus> = fc
  .record({
    state: fc.constantFrom(...STATES),
    reason: fc.option(fc.string()),
    choices: fc.subarray([...CHOICES]),
    exceptions: texts,
    needsAttention: fc.boolean(),
    ignoredMessages: fc.nat(1_000),
    waiting: fc.option(fc.record({ what: fc.string(), since: fc.constant(SINCE) })),
    plan: fc.option(fc.constant(plan)),
    approval: fc.constantFrom(null, waiting.approval),
    problem: fc.option(
      fc.record({
        type: fc.constantFrom('StepFailed', 'TimedOut'),
        step: fc.string(),
        message: fc.string(),
        evidence: fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
      }),
    ),
    undone: fc.array(
      fc.record({
        label: fc.string(),
        result: fc.constantFrom('undone', 'nothing', 'failed'),
        message: fc.string(),
      }),
      { maxLength: 2 },
    ),
    steps: fc.array(
      fc.record({
        name: fc.string(),
        state: fc.constantFrom('waiting', 'running', 'done', 'failed', 'given_up'),
        detail: fc.string(),
      }),
      { maxLength: 4 },
    ),
  })
  .map((change) => ({ ...base, ...change }));

describe('any card', () => {
  it('can be drawn, and says state and site in its first line', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        const [title = ''] = drawCard(status).split('\n');
        expect(title).toMatch(/^### provision shop\.frappe\.cloud: \S/);
        if (isOutcome(status.state)) expect(title).toContain(status.state.replaceAll('_', ' '));
      }),
    );
  });

  it('holds the next command of an open operation, and none of an ended one', () => {
    fc.assert(
      fc.property(anyStatus, (status) => {
        const card = drawCard(status);
        const commands = nextCommands(status);
        for (const [verb, command] of commands) {
          expect(command).toContain(verb);
          expect(command).toMatch(/^npx sitewright \w+ shop\.frappe\.cloud --operation op-1\b/);
          expect(card).toContain(`| ${verb} | \`${command}\` |`);
        }
        if (isOutcome(status.state)) expect(commands).toEqual([]);
        else if (status.state !== 'needs_human') expect(commands).not.toEqual([]);
        else expect(commands.map(([choice]) => choice)).toEqual(status.choices);
      }),
    );
  });

  it('shows neither the target with its team nor the names of locks', () => {
    const leaks = (status: OperationStatus) => drawCard(status).includes('CANARY');
    fc.assert(fc.property(anyStatus, (status) => !leaks(status)));
  });

  it('stays one table and one list, whatever Press or a person has written', () => {
    fc.assert(
      fc.property(anyStatus, fc.constantFrom('\n', '|', '\r\n|', '```'), (status, nasty) => {
        const text = `a${nasty}b`;
        const card = drawCard({
          ...status,
          state: 'running',
          reason: text,
          steps: [{ name: 'create', state: 'failed', detail: text }],
        });
        const lines = card.split('\n');
        const rows = lines.slice(2, lines.lastIndexOf(''));
        for (const row of rows) expect(row).toMatch(/^\|([^|\r]|\\\|)*\|([^|\r]|\\\|)*\|$/);
        expect(lines.at(-1)).toMatch(/^- \[!\] create: a.*b$/);
      }),
    );
  });
});
