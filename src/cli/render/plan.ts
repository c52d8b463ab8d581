import type { ApprovalRule } from '../../domain/approvals.js';
import type { Check, Plan } from '../../domain/plan.js';
import type { Colors } from '../output.js';
import { block, type Row } from './rows.js';
import { duration } from './time.js';

/** Steps with their undo, the last point where it can be undone, and what could be lost. */
export function renderSteps(plan: Plan): readonly Row[] {
  const { steps, pointOfNoReturn, mayLose } = plan.material;
  const todo = steps.map(
    ({ name, undo }, index) =>
      `${index + 1}  ${name}${undo === undefined ? '' : ` (undo: ${undo})`}`,
  );
  return [
    ...block('will do', todo),
    ['usually takes', `about ${duration(plan.estimateSeconds * 1_000)}`],
    ['can undo', pointOfNoReturn === null ? 'until the end' : `until ${pointOfNoReturn}`],
    ...block('may lose', mayLose.length === 0 ? ['nothing'] : mayLose),
  ];
}

/** What preflight found; what stands in the way comes first. */
export function renderChecks(checks: readonly Check[], colors: Colors): readonly Row[] {
  const marks = { fail: colors.red('✗'), warn: colors.yellow('!'), pass: colors.green('✓') };
  const order = ['fail', 'warn', 'pass'] as const;
  const lines = order.flatMap((wanted) =>
    checks
      .filter(({ result }) => result === wanted)
      .map(({ name, detail }) => `${marks[wanted]} ${name}: ${detail}`),
  );
  return block('checks', lines);
}

/** Whether somebody has to agree, and why. */
export function renderRule(plan: Plan): string {
  const { approval, material } = plan;
  if (approval === null) return `not needed (policy: ${material.rule})`;
  return `needed: ${quorumOf(approval)} (policy: ${material.rule})`;
}

/** `1 operator, 2 owner`. */
export function quorumOf({ quorum }: ApprovalRule): string {
  return Object.entries(quorum)
    .map(([role, n]) => `${n} ${role}`)
    .join(', ');
}
