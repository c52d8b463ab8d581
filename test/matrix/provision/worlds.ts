import { fileURLToPath } from 'node:url';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';

const required = { verification: { http: 'required' } } as const;
const nobodyAsks = { provision: [{ name: 'all', when: {}, approval: 'none' }] } as const;
const approval = {
  quorum: { operator: 1 },
  expiresAfterMs: 1_500,
  escalateAfterMs: 60_000,
} as const;
const HOUR_MS = 60 * 60 * 1_000;

/** A bench takes half an hour: two seconds here. Press's sweep of two days comes after four hours. */
const ordering = {
  speed: 500,
  commandMs: 800,
  timing: { horizon: 2_000 },
  simulator: { timings: { reaper: 4 * HOUR_MS } },
} as const;

const usual = {
  speed: 400,
  commandMs: 800,
  timing: { horizon: 2_000 },
  policy: { ...required },
} as const;

/** Settings that rows need: how fast time runs, what policy says, how patient we are. */
export const worlds = {
  usual,
  'calls that may take long': { ...usual, commandMs: 20_000 },
  'a policy that allows nothing': { speed: 400, policy: { provision: [] } },
  'approvals that expire': {
    speed: 400,
    policy: { provision: [{ name: 'all', when: {}, approval }] },
  },
  'a soft limit': { speed: 400, timing: { softLimit: 3_000 } },
  'a hard limit': { speed: 400, timing: { hardLimit: 1_500 } },
  'DNS given up soon': { speed: 400, policy: { customDomains: { dnsDeadlineMs: 1_500 } } },
  'HTTP only reported': {
    speed: 400,
    policy: { verification: { http: 'reported' } },
    timing: { verifyDeadline: 500 },
  },
  'impatient verification': {
    speed: 400,
    policy: { ...required },
    timing: { verifyDeadline: 500 },
  },
  'retry on the bench': {
    ...ordering,
    policy: { ...nobodyAsks, ...required, privateBench: { onSiteFailure: 'retry_on_bench' } },
  },
  'roll back': {
    ...ordering,
    policy: { ...nobodyAsks, ...required, privateBench: { onSiteFailure: 'roll_back' } },
  },
  'an empty server': { ...ordering, policy: { ...nobodyAsks, ...required } },
  'a server of its own': { ...ordering, policy: { ...nobodyAsks, ...required } },
  'a server with a bench': { ...ordering, policy: { ...nobodyAsks, ...required } },
  ...killedWorld,
} satisfies Record<string, HarnessOptions>;

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));
