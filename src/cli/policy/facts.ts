import { z } from 'zod';
import { nextStart } from '../../activities/maintenance.js';
import type { OperationKind } from '../../domain/operations.js';
import type { OperationFacts, Policy } from '../../domain/policy.js';
import { planChangeKind } from '../../domain/policy-guardrails.js';
import { PLAN_CHANGE_KINDS } from '../../domain/policy-settings.js';
import { InvalidInput } from '../../errors.js';
import { nearest } from '../../policy/nearest.js';
import { check } from '../../schemas/common.js';

const number = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number')
  .transform(Number);
const list = z.string().transform((text) => text.split(',').map((word) => word.trim()));
const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

/** What `--fact` takes. */
const FACTS = z.strictObject({
  account: z.string().optional(),
  at: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-12-24T20:00:00Z' })
    .transform((text) => Date.parse(text))
    .optional(),
  /** Plan of the site. */
  plan: z.string().optional(),
  planPriceUsd: number.optional(),
  appPriceUsd: number.optional(),
  apps: list.optional(),
  sites: number.optional(),
  tags: list.optional(),
  planChange: z.enum(PLAN_CHANGE_KINDS).optional(),
  skipsSafetyCopy: yesOrNo.optional(),
  skipsFailingPatches: yesOrNo.optional(),
  /** Of the plan that is asked for by a change. */
  newPlanPriceUsd: number.optional(),
  /** Whether either plan of a change is for dedicated servers. */
  dedicated: yesOrNo.optional(),
});

/** What somebody has said by `--fact`. */
export interface GivenFacts {
  /** What rules look at; goes before what the input tells. */
  readonly facts: Partial<OperationFacts>;
  readonly plan?: string | undefined;
  readonly newPlanPriceUsd?: number | undefined;
  readonly dedicated?: boolean | undefined;
}

/** `name=value`, each. @throws InvalidInput */
export function readFacts(given: readonly string[]): GivenFacts {
  const names = Object.keys(FACTS.shape);
  const problems = given.flatMap((text) => {
    const name = text.split('=', 1)[0] ?? '';
    if (names.includes(name) && text.includes('=')) return [];
    const near = nearest(name, names);
    const message = names.includes(name)
      ? `must be ${name}=<value>`
      : `unknown${near === null ? '' : `; did you mean ${near}?`} (known: ${names.join(', ')})`;
    return [{ path: `--fact ${name}`, message }];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  const pairs = given.map((text) => {
    const at = text.indexOf('=');
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  const checked = check<z.infer<typeof FACTS>>(FACTS, Object.fromEntries(pairs));
  if (!checked.ok) {
    throw new InvalidInput(
      checked.problems.map(({ path, message }) => ({ path: `--fact ${path}`, message })),
    );
  }
  const { plan, newPlanPriceUsd, dedicated, ...facts } = checked.input;
  return { facts: withoutUndefined(facts), plan, newPlanPriceUsd, dedicated };
}

/** What of an operation's input policy may look at, whatever its kind. */
export interface AskedInput {
  readonly requestedBy?: string;
  readonly account?: string;
  readonly plan?: string;
  readonly appPlans?: Readonly<Record<string, string>>;
  readonly apps?: readonly string[];
  /** Of what installs or removes one. */
  readonly app?: string;
  readonly sites?: 'all' | readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** Config key that is to go. */
  readonly key?: string;
  readonly safetyCopy?: 'skip';
  readonly skipFailingPatches?: boolean;
  /** Of an update that waits: without the backup of Press, which is its way back. */
  readonly skipBackups?: boolean;
  readonly at?: string;
}

/** What an operation would be judged by, as far as its input tells and somebody has said. */
export function factsOf(
  kind: OperationKind,
  input: AskedInput,
  {
    given,
    policy,
    now,
  }: {
    readonly given: GivenFacts;
    readonly policy: Policy;
    readonly now: number;
  },
): OperationFacts {
  const planChange = planChangeKind(
    { priceUsd: given.facts.planPriceUsd ?? null },
    { priceUsd: given.newPlanPriceUsd ?? null },
  );
  return {
    requestedBy: input.requestedBy ?? '',
    ...(input.account !== undefined && { account: input.account }),
    at: beginOf(kind, input.at, { policy, now }),
    ...(input.apps !== undefined && { apps: input.apps }),
    ...sitesOf(kind, input.sites),
    ...withoutAppPlan(kind, input),
    ...((kind === 'provision' || kind === 'unarchive') && { tags: [] }),
    ...(planChange !== null && { planChange }),
    ...((input.safetyCopy === 'skip' || input.skipBackups) && { skipsSafetyCopy: true }),
    ...(input.skipFailingPatches && { skipsFailingPatches: true }),
    ...(kind === 'change-plan' ? ofNewPlan(given) : given.facts),
  };
}

/** No app plan costs nothing; without an input nobody knows whether one is asked for. */
function withoutAppPlan(
  kind: OperationKind,
  { app, apps, plan, appPlans = {} }: AskedInput,
): Pick<OperationFacts, 'appPriceUsd'> {
  const isNone =
    (kind === 'install-app' && app !== undefined && plan === undefined) ||
    (kind === 'provision' && apps !== undefined && Object.keys(appPlans).length === 0);
  return isNone ? { appPriceUsd: 0 } : {};
}

/** Rules look at the plan that the site is to get. */
function ofNewPlan({
  facts: { planPriceUsd: _, ...facts },
  newPlanPriceUsd: price,
}: GivenFacts): Partial<OperationFacts> {
  return { ...facts, ...(price !== undefined && { planPriceUsd: price }) };
}

/** Kinds that may be asked to begin later; `at` of others is something else. */
const MAY_WAIT: readonly OperationKind[] = ['upgrade', 'update', 'move'];

/** When an operation begins, epoch ms: a time as it was asked for. */
function beginOf(
  kind: OperationKind,
  at: string | undefined,
  { policy, now }: { readonly policy: Policy; readonly now: number },
): number {
  if (at === undefined || !MAY_WAIT.includes(kind)) return now;
  if (at === 'window') return nextStart(policy.maintenance, now) ?? now;
  return Math.max(now, Date.parse(at));
}

/** A bench deploy updates the sites it names; what "all" are, Press knows. */
function sitesOf(kind: OperationKind, sites: AskedInput['sites']): Pick<OperationFacts, 'sites'> {
  if (kind !== 'deploy-bench') return { sites: 1 };
  return sites === 'all' ? {} : { sites: sites?.length ?? 0 };
}

type Known<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(facts: T): Known<T> {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Known<T>;
}
