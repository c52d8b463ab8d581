import type { OperationKind } from '../../domain/operations.js';
import type { OperationFacts, Policy } from '../../domain/policy.js';
import {
  configProblems,
  forbiddenApps,
  forbiddenConfigKeys,
  planChangeRefusal,
  requesterRefusal,
} from '../../domain/policy-guardrails.js';
import { rolesOf } from '../../domain/policy.js';
import type { AskedInput, GivenFacts } from './facts.js';

/** What a guardrail of the policy says of an operation. */
export interface Guard {
  readonly name: 'requesters' | 'config' | 'apps' | 'planChanges';
  readonly says: 'allows' | 'refuses' | 'unknown';
  readonly detail: string;
}

interface Asked {
  readonly kind: OperationKind;
  readonly input: AskedInput;
  readonly facts: OperationFacts;
  readonly given: GivenFacts;
}

/** Those that have something to say about it. */
export function guardsOf(policy: Policy, asked: Asked): readonly Guard[] {
  return [
    requesters(policy, asked),
    config(policy, asked),
    apps(policy, asked),
    planChanges(policy, asked),
  ].filter((guard) => guard !== null);
}

function requesters(policy: Policy, { facts: { requestedBy: person, account } }: Asked): Guard {
  const refusal = requesterRefusal(policy, { person, account, roles: rolesOf(policy, person) });
  return refusal === null
    ? { name: 'requesters', says: 'allows', detail: `${person} may request` }
    : { name: 'requesters', says: 'refuses', detail: refusal };
}

function config(policy: Policy, { input }: Asked): Guard | null {
  if (input.config === undefined && input.key === undefined) return null;
  const problems = [
    ...configProblems(policy, input.config ?? {}).map(({ message }) => message),
    ...forbiddenConfigKeys(policy, input.key === undefined ? [] : [input.key]).map(
      (key) => `policy does not allow ${key}`,
    ),
  ];
  const keys = [
    ...Object.keys(input.config ?? {}),
    ...(input.key === undefined ? [] : [input.key]),
  ];
  return problems.length === 0
    ? { name: 'config', says: 'allows', detail: keys.length === 0 ? 'none' : keys.join(', ') }
    : { name: 'config', says: 'refuses', detail: problems.join('; ') };
}

/** Of what puts apps on a site; what is there already is not judged again. */
function apps(policy: Policy, { kind, input, facts, given }: Asked): Guard | null {
  const asked =
    kind === 'provision'
      ? input.apps
      : kind === 'install-app' && input.app
        ? [input.app]
        : undefined;
  if (asked === undefined) return null;
  // The plan that an app is installed with is the app's own.
  const plan = kind === 'provision' ? input.plan : given.plan;
  const forbidden = forbiddenApps(policy, { plan, priceUsd: facts.planPriceUsd }, asked);
  if (forbidden.length === 0) return { name: 'apps', says: 'allows', detail: asked.join(', ') };
  const named = `policy does not allow ${forbidden.join(', ')}`;
  const missing = [
    ...(plan === undefined && policy.apps.some(({ plans }) => plans) ? ['plan'] : []),
    ...(facts.planPriceUsd === undefined &&
    policy.apps.some(({ planPriceUsdAtMost }) => planPriceUsdAtMost !== undefined)
      ? ['planPriceUsd']
      : []),
  ];
  return missing.length === 0
    ? { name: 'apps', says: 'refuses', detail: named }
    : { name: 'apps', says: 'unknown', detail: `${named}, unless ${missing.join(' and ')} tells` };
}

function planChanges(policy: Policy, { kind, input, given }: Asked): Guard | null {
  if (kind !== 'change-plan') return null;
  const { dedicated = false, newPlanPriceUsd } = given;
  const { planPriceUsd } = given.facts;
  const from = { name: 'the plan it has', priceUsd: planPriceUsd ?? null, dedicated: false };
  const to = {
    name: input.plan ?? 'the new plan',
    priceUsd: newPlanPriceUsd ?? null,
    dedicated,
  };
  const refusal = planChangeRefusal(policy, { from, to });
  if (refusal === null) return { name: 'planChanges', says: 'allows', detail: 'this change' };
  // Whatever the prices are that nobody has given: the kindest are the lowest, and no change.
  const before = { ...from, priceUsd: from.priceUsd ?? 0 };
  const perhaps = (to.priceUsd === null ? [0, before.priceUsd] : [to.priceUsd]).some(
    (priceUsd) => planChangeRefusal(policy, { from: before, to: { ...to, priceUsd } }) === null,
  );
  if (!perhaps) return { name: 'planChanges', says: 'refuses', detail: refusal };
  const missing = [
    ...(newPlanPriceUsd === undefined ? ['newPlanPriceUsd'] : []),
    ...(planPriceUsd === undefined ? ['planPriceUsd'] : []),
  ];
  const detail = `${refusal}, unless ${missing.join(' and ')} tells`;
  return { name: 'planChanges', says: 'unknown', detail };
}
