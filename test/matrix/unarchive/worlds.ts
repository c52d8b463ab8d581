import type { Policy } from '../../../src/domain/policy.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';

/** Every row begins with an archive, for which nobody is asked. */
const policy: Partial<Policy> = {
  archive: [{ name: 'all', when: {}, approval: 'none' }],
  verification: { http: 'required' },
};
const usual = { speed: 400, commandMs: 800, timing: { horizon: 2_000 }, policy } as const;

/** Settings that rows need. */
export const worlds = {
  usual,
  'impatient verification': { ...usual, timing: { ...usual.timing, verifyDeadline: 500 } },
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;
