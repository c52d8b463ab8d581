import { fileURLToPath } from 'node:url';
import type { Policy } from '../../../src/domain/policy.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';

/** Approvals have their own tests. */
const nobodyAsks: Partial<Policy> = {
  archive: [{ name: 'all', when: {}, approval: 'none' }],
  verification: { http: 'required' },
};

const usual = {
  speed: 400,
  commandMs: 800,
  timing: { horizon: 2_000 },
  policy: nobodyAsks,
} as const;

/** Settings that rows need: how fast time runs, what policy says. */
export const worlds = {
  usual,
  'a policy that allows nothing': { ...usual, policy: { archive: [] } },
  'a copy always': {
    ...usual,
    policy: { ...nobodyAsks, safetyCopy: { maxAgeMs: 3_600_000, bypass: 'never' } },
  },
  'an update is out': usual,
  /** Told after 40 minutes: six seconds here. */
  'storage that is away': { ...usual, timing: { ...usual.timing, softLimit: 6_000 } },
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));
