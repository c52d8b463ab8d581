import type { OperationRef } from '../domain/activity-types.js';
import type { OperationKind } from '../domain/operations.js';
import type { Check, Material, Plan } from '../domain/plan.js';
import { evaluate, type OperationFacts, type Policy } from '../domain/policy.js';
import type { Json } from '../ledger/types.js';
import { checkInput } from '../schemas/operation-inputs.js';
import { hashOf } from '../schemas/hash.js';
import type { InputOf } from '../domain/inputs.js';
import { coveringDeploy } from './deploy/covered.js';
import type { ActivityDeps } from './deps.js';
import { Refused } from './errors.js';
import { BEGINS, beginning } from './maintenance.js';

/** What a preflight has found, before policy is asked. */
export interface Draft<Target>
  extends
    Pick<Material<Target>, 'target' | 'steps' | 'pointOfNoReturn' | 'mayLose'>,
    Pick<Plan, 'site' | 'summary' | 'checks' | 'resources' | 'estimateSeconds' | 'notBefore'> {
  readonly facts: OperationFacts;
  /** What whoever approves has to acknowledge besides what policy wants, e.g. "no-copy-of-today". */
  readonly acknowledge?: readonly string[];
  /** Things are as they were asked to be: nobody has to agree to that. */
  readonly changesNothing?: boolean;
}

/** The input of an operation, which was found right when it was opened. @throws Refused */
export function inputOf<K extends OperationKind>(kind: K, given: unknown): InputOf[K] {
  const checked = checkInput(kind, given);
  if (checked.ok) return checked.input;
  throw new Refused('the input has changed since the operation was opened');
}

/** Asks policy, hashes what approvals are bound to, and writes the plan down (D 4). */
export async function announcePlan<Target>(
  { ledger, policy }: ActivityDeps,
  { ref, underLock }: { readonly ref: OperationRef; readonly underLock: boolean },
  {
    facts,
    acknowledge = [],
    changesNothing = false,
    target,
    steps,
    pointOfNoReturn,
    mayLose,
    ...shown
  }: Draft<Target>,
): Promise<Plan<Target>> {
  const at = shown.notBefore === undefined ? Date.now() : Date.parse(shown.notBefore);
  const checks = [...shown.checks, ...freezeChecks(policy, ref.kind, shown.checks)];
  const verdict = evaluate(policy, ref.kind, { account: ref.account, at, ...facts });
  const deploy = await coveringDeploy(ledger, ref);
  const asksNobody = deploy !== null || changesNothing;
  const approval = asksNobody ? null : withAcknowledgements(verdict.approval, acknowledge);
  const material: Material<Target> = {
    kind: ref.kind,
    target,
    steps,
    pointOfNoReturn,
    mayLose,
    rule: deploy === null ? verdict.rule : `as approved with bench deploy ${deploy}`,
    approval,
  };
  const refusal =
    verdict.refusal ??
    (hasFailed(checks) ? 'preflight found what stands in the way' : null) ??
    unacknowledged(approval, acknowledge);
  const plan: Plan<Target> = {
    ...shown,
    checks,
    material,
    hash: hashOf(material).slice(0, 16),
    approval,
    refusal,
  };
  await ledger.record(ref.operationId, {
    site: plan.site,
    ...(approval && !refusal && !underLock && { state: 'waiting_approval' }),
    events: [
      { key: `plan/${plan.hash}`, type: 'operation.planned', data: plan as unknown as Json },
    ],
  });
  return plan;
}

/** What takes nothing away and changes nothing may be done in a freeze too. */
const HARMLESS: readonly OperationKind[] = ['backup', 'login-link'];

/** In a freeze nothing is begun; those that may begin later have looked at their own time. */
function freezeChecks(
  { maintenance }: Pick<Policy, 'maintenance'>,
  kind: OperationKind,
  found: readonly Check[],
): readonly Check[] {
  if (HARMLESS.includes(kind) || found.some(({ name }) => name === BEGINS)) return [];
  const { check } = beginning(maintenance, undefined, Date.now());
  return check.result === 'fail' ? [check] : [];
}

const hasFailed = (checks: readonly Check[]): boolean =>
  checks.some(({ result }) => result === 'fail');

function withAcknowledgements(
  approval: Plan['approval'],
  acknowledge: readonly string[],
): Plan['approval'] {
  if (approval === null || acknowledge.length === 0) return approval;
  return { ...approval, acknowledge: [...(approval.acknowledge ?? []), ...acknowledge] };
}

/** What nobody is asked about cannot be acknowledged by anybody. */
function unacknowledged(approval: Plan['approval'], acknowledge: readonly string[]): string | null {
  if (approval !== null || acknowledge.length === 0) return null;
  return `somebody has to acknowledge ${acknowledge.join(', ')}, and policy asks nobody`;
}
