import type { Policy } from '../../../src/domain/policy.js';
import type { HarnessOptions } from '../../support/harness.js';

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
  /** One worker process, which is killed when all rows have come to their moment. */
  'a worker that is killed': { speed: 200, startWorkers: false, commandMs: 120_000 },
} satisfies Record<string, HarnessOptions>;
