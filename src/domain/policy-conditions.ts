import { hoursText, isWithin, localClock, localTimeText } from './local-clock.js';
import { matchesName } from './name-pattern.js';
import { MAPLEPRESS_KINDS, type OperationKind } from './operations.js';
import type { PlanChangeKind, RuleConditions } from './policy-settings.js';

/** What a rule may look at; what an operation has nothing to say about is left out. */
export interface OperationFacts {
  readonly requestedBy: string;
  /** Name of the configured account. */
  readonly account?: string;
  /** When it begins, epoch milliseconds. */
  readonly at?: number;
  /** Price of the plan of the site, per month; of the new one when it changes. */
  readonly planPriceUsd?: number;
  /** What the app plan that is asked for costs afterwards, per month; 0 without one. */
  readonly appPriceUsd?: number;
  readonly apps?: readonly string[];
  /** How many sites it touches. */
  readonly sites?: number;
  /** Tags of the site. */
  readonly tags?: readonly string[];
  /** What a change of the plan does to its price. */
  readonly planChange?: PlanChangeKind;
  /** It asks to do without a safety copy. */
  readonly skipsSafetyCopy?: boolean;
  /** It asks to leave out patches that fail. */
  readonly skipsFailingPatches?: boolean;
}

/** One condition of a rule, held against the facts. */
export interface JudgedCondition {
  readonly name: keyof RuleConditions;
  /** What the rule wants. */
  readonly wanted: string;
  readonly fact: keyof OperationFacts;
  /** What is so; null when nothing is known. */
  readonly given: string | null;
  readonly holds: boolean;
}

interface Condition<Wanted, Fact extends keyof OperationFacts> {
  readonly fact: Fact;
  holds(wanted: Wanted, given: NonNullable<OperationFacts[Fact]>, timeZone: string): boolean;
  /** How both are shown, where they are no plain words or numbers. */
  wanted?(wanted: Wanted): string;
  given?(given: NonNullable<OperationFacts[Fact]>, timeZone: string): string;
}

const condition = <Wanted, Fact extends keyof OperationFacts>(it: Condition<Wanted, Fact>) => it;
type Names = readonly string[];

/** In the order of their explanation. */
const CONDITIONS = {
  accounts: condition({
    fact: 'account',
    holds: (patterns: Names, account) => patterns.some((each) => matchesName(each, account)),
  }),
  requestedBy: condition({
    fact: 'requestedBy',
    holds: (people: Names, person) => people.includes(person),
  }),
  planPriceUsdAtMost: condition({
    fact: 'planPriceUsd',
    holds: (limit: number, price) => price <= limit,
  }),
  appPriceUsdAtMost: condition({
    fact: 'appPriceUsd',
    holds: (limit: number, price) => price <= limit,
  }),
  appsWithin: condition({
    fact: 'apps',
    holds: (allowed: Names, apps) => apps.every((app) => allowed.includes(app)),
  }),
  sitesAtMost: condition({ fact: 'sites', holds: (limit: number, sites) => sites <= limit }),
  tags: condition({
    fact: 'tags',
    holds: (wanted: Names, tags) => wanted.some((tag) => tags.includes(tag)),
  }),
  withoutTags: condition({
    fact: 'tags',
    holds: (unwanted: Names, tags) => !unwanted.some((tag) => tags.includes(tag)),
  }),
  planChange: condition({
    fact: 'planChange',
    holds: (wanted: readonly PlanChangeKind[], change) => wanted.includes(change),
  }),
  hours: condition({
    fact: 'at',
    holds: (hours: NonNullable<RuleConditions['hours']>, at, timeZone) =>
      isWithin(hours, localClock(timeZone)(at)),
    wanted: hoursText,
    given: (at, timeZone) => `${localTimeText(localClock(timeZone)(at))} in ${timeZone}`,
  }),
} as const;

/** Facts that only these kinds are about. */
const TOLD_BY: Partial<Record<keyof OperationFacts, readonly OperationKind[]>> = {
  appPriceUsd: ['provision', 'install-app', 'change-app-plan'],
  planChange: ['change-plan'],
};

/** Facts that the preflights of these kinds do not read. */
const NOT_TOLD_BY: Partial<Record<keyof OperationFacts, readonly OperationKind[]>> = {
  // Of a bench deploy: its sites may all have different ones.
  planPriceUsd: ['deploy-bench', ...MAPLEPRESS_KINDS],
  tags: ['deploy-bench', ...MAPLEPRESS_KINDS],
  apps: ['archive', 'activate', 'deactivate', ...MAPLEPRESS_KINDS],
};

/** The fact that a condition asks about, when no preflight of the kind tells it; else null. */
export function untoldFact(
  kind: OperationKind,
  name: keyof RuleConditions,
): keyof OperationFacts | null {
  const { fact } = CONDITIONS[name];
  const isTold = TOLD_BY[fact]?.includes(kind) ?? !NOT_TOLD_BY[fact]?.includes(kind);
  return isTold ? null : fact;
}

/** Every condition of a rule. What it asks about and nobody knows is too much: it does not hold. */
export function judgeConditions(
  when: RuleConditions,
  facts: OperationFacts,
  timeZone: string,
): readonly JudgedCondition[] {
  const names = Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[];
  return names.flatMap((name) => {
    const wanted = when[name];
    if (wanted === undefined) return [];
    // The keys of both records are the same, which the compiler cannot follow through a loop.
    const it = CONDITIONS[name] as unknown as Condition<unknown, keyof OperationFacts>;
    const given = facts[it.fact];
    return [
      {
        name,
        wanted: it.wanted?.(wanted) ?? plain(wanted),
        fact: it.fact,
        given: given === undefined ? null : (it.given?.(given, timeZone) ?? plain(given)),
        holds: given !== undefined && it.holds(wanted, given, timeZone),
      },
    ];
  });
}

function plain(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? 'none' : value.join(', ');
}
