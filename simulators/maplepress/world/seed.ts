import type { Micros } from '../../shared/time.js';
import type { WorldState } from './model.js';

export const STATE_FORMAT = 2;

export const TENANTS = {
  main: {
    tenantId: '850e8400-e29b-41d4-a716-446655440000',
    email: 'test@example.com',
    password: 'SecurePass123!',
  },
  other: {
    tenantId: '850e8400-e29b-41d4-a716-446655440001',
    email: 'other@example.com',
    password: 'OtherPass456!',
  },
};

/** Two tenants without sites. */
export function seedWorld(now: Micros, seed: number): WorldState {
  return {
    format: STATE_FORMAT,
    now,
    random: seed,
    tokenGeneration: 1,
    logins: Object.values(TENANTS),
    sites: {},
    tasks: [],
    taskSeq: 0,
    rules: [],
    calls: [],
    callSeq: 0,
    effects: [],
  };
}
