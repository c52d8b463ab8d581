import { fileURLToPath } from 'node:url';
import type { Policy } from '../../../src/domain/policy.js';
import type { HarnessOptions } from '../../support/harness.js';
import { killedWorld } from '../killed.js';
import {
  NO_FIRST_KEY,
  NO_TOKEN,
  AWAY_ONCE_KEPT,
  AWAY_FOR_A_MOMENT,
  withoutFirstKey,
  withoutToken,
  awayOnceKept,
  awayForAMoment,
} from './ledgers.js';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** Approvals have their own tests. */
const free = [{ name: 'all', when: {}, approval: 'none' }] as const;
const nobodyAsks = {
  'maplepress-register': free,
  'maplepress-rotate-key': free,
  'maplepress-delete': free,
  maplepress: { verifyWithinMs: DAY, notVerified: 'keep', signOfLifeWithinMs: DAY },
} satisfies Partial<Policy>;

const usual = {
  speed: 400,
  commandMs: 800,
  policy: nobodyAsks,
  // Signs of life come soon after the new key.
  maplePress: { timings: { indexing: 2 * MINUTE } },
} satisfies HarnessOptions;

/** Nobody enters a key in a plugin. */
const nobodyEnters = { ...usual, maplePress: { timings: { pluginConnects: null } } };

export const NOBODY = 'nobody enters the key';
export const DELETES = 'policy deletes what is not verified';

/** Settings that rows need: how fast time runs, what policy says, which database. */
export const worlds = {
  usual,
  [NOBODY]: nobodyEnters,
  [DELETES]: {
    ...nobodyEnters,
    policy: { ...nobodyAsks, maplepress: { ...nobodyAsks.maplepress, notVerified: 'delete' } },
  },
  [AWAY_FOR_A_MOMENT]: { ...usual, workerLedger: awayForAMoment },
  [NO_FIRST_KEY]: { ...usual, workerLedger: withoutFirstKey },
  // Of what nobody could store the owner knows nothing.
  [NO_TOKEN]: { ...nobodyEnters, workerLedger: withoutToken },
  [AWAY_ONCE_KEPT]: { ...usual, workerLedger: awayOnceKept },
  'a worker that is killed': {
    ...killedWorld['a worker that is killed'],
    // Late enough that what is waited for has not come when the worker dies.
    maplePress: { timings: { pluginConnects: 60 * MINUTE, indexing: 2 * MINUTE } },
  },
} satisfies Record<string, HarnessOptions>;

/** What the killed workers read. */
export const KILLED_POLICY = fileURLToPath(new URL('policy.yaml', import.meta.url));
