import pc from 'picocolors';
import type { View } from '../../../src/cli/output.js';
import type { Plan } from '../../../src/domain/plan.js';
import type { OperationStatus } from '../../../src/domain/status.js';

/** Every fixture is seen at this moment. */
const NOW = new Date('2026-11-20T22:00:00Z');

export const view: View = { colors: pc.createColors(false), now: NOW, timeZone: 'UTC' };

/** ISO time that many seconds before {@link NOW}. */
export function ago(seconds: number): string {
  return new Date(NOW.getTime() - seconds * 1_000).toISOString();
}

const plan: Plan = {
  site: 'acme-shop.example.com',
  summary: 'USD 100 · Version 15 · frappe, erpnext · Mumbai',
  material: {
    kind: 'provision',
    target: {},
    steps: [{ name: 'create', undo: 'archive the half-made site' }, { name: 'verify' }],
    pointOfNoReturn: null,
    mayLose: [],
    approval: null,
    rule: 'provision on larger plans',
  },
  hash: '15d86667fdc53e3a',
  checks: [
    { name: 'name', result: 'pass', detail: 'acme-shop.example.com is free' },
    { name: 'group', result: 'warn', detail: 'shared with others' },
  ],
  approval: {
    rule: 'provision on larger plans',
    quorum: { operator: 2 },
    expiresAfterMs: 86_400_000,
    escalateAfterMs: 14_400_000,
  },
  refusal: null,
  resources: [],
  estimateSeconds: 300,
};

export function planWith(change: Partial<Plan>): Plan {
  return { ...plan, ...change };
}

/** A provision that is creating its site, unless `change` says otherwise. */
export function statusWith(change: Partial<OperationStatus> = {}): OperationStatus {
  return {
    operationId: '0f3a5c7e9b1d2f40',
    workflowId: 'provision:acme-shop.example.com:0f3a5c7e9b1d2f40',
    kind: 'provision',
    site: 'acme-shop.example.com',
    account: 'main',
    requestedBy: 'sales',
    state: 'running',
    since: ago(12),
    steps: [
      { name: 'preflight', state: 'done', startedAt: ago(13), endedAt: ago(12.6) },
      {
        name: 'create',
        state: 'running',
        detail: 'step 4 of 7 Install Apps',
        startedAt: ago(12),
      },
      { name: 'verify', state: 'waiting' },
    ],
    waiting: { what: 'create: job vgtuklgivk', since: ago(12), until: ago(-2_400) },
    needsAttention: false,
    plan,
    approval: null,
    problem: null,
    choices: [],
    undone: [],
    reason: null,
    exceptions: [],
    ignoredMessages: 0,
    ...change,
  };
}
