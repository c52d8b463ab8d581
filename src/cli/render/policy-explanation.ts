import type { ApprovalRule } from '../../domain/approvals.js';
import type { JudgedRule } from '../../domain/policy.js';
import type { JudgedCondition } from '../../domain/policy-conditions.js';
import type { Colors, View } from '../output.js';
import { type DecisiveFile, fileText } from '../policy/decisive-file.js';
import type { Guard } from '../policy/guards.js';
import { quorumOf } from './plan.js';
import { block, pad, row, type Row, widest } from './rows.js';
import { duration } from './time.js';

/** How a policy comes to its decision about an operation; also its JSON. */
export interface ExplainedPolicy extends DecisiveFile {
  readonly kind: string;
  readonly version: string;
  /** What it was judged by; times are ISO. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Facts that rules asked for and nobody has told. */
  readonly unknown: readonly string[];
  readonly rules: readonly JudgedRule[];
  /** Name of the rule that decides, or what decides instead. */
  readonly rule: string;
  readonly approval: ApprovalRule | null;
  readonly guards: readonly Guard[];
  /** Everything that speaks against it; empty when it may be done. */
  readonly refusals: readonly string[];
}

/** Rule by rule, then the decision in words. */
export function renderExplanation(it: ExplainedPolicy, view: View): readonly string[] {
  const { colors } = view;
  const { requestedBy, account } = it.facts;
  return [
    `${it.kind} asked by ${String(requestedBy)} on account ${String(account)}, by policy ${it.version} (${fileText(it)})`,
    '',
    ...rulesOf(it, colors),
    '',
    ...[...decisionOf(it, colors), ...guardsOf(it, colors), ...unknownOf(it)].map(row),
  ];
}

function rulesOf({ rules, kind }: ExplainedPolicy, colors: Colors): readonly string[] {
  if (rules.length === 0) return [`  the policy has no rules for ${kind}`];
  const looks = {
    decides: [colors.green('✓'), 'decides'],
    does_not_hold: [colors.red('✗'), 'does not hold'],
    not_reached: [colors.dim('·'), 'not reached'],
  } as const;
  const width = widest(rules.map(({ name }) => name));
  return rules.flatMap(({ name, outcome, conditions }) => {
    const [mark, word] = looks[outcome];
    const why = outcome === 'decides' && conditions.length === 0 ? ': it has no conditions' : '';
    const shown = outcome === 'not_reached' ? [] : conditions;
    return [
      `  ${mark} ${pad(name, width)}   ${word}${why}`,
      ...shown.map((condition) => `      ${conditionText(condition)}`),
    ];
  });
}

function conditionText({ name, wanted, fact, given, holds }: JudgedCondition): string {
  const so = given === null ? `${fact} is not known here` : `${fact} is ${given}`;
  return `${holds ? 'holds' : 'fails'}: ${name} ${wanted}; ${so}`;
}

function decisionOf({ refusals, approval, rule }: ExplainedPolicy, colors: Colors): readonly Row[] {
  if (refusals.length > 0) return block(colors.red('refused'), refusals);
  if (approval === null) return [['approval', `not needed (${rule})`]];
  const { typedName, coolingOffMs, acknowledge = [] } = approval;
  const rows: readonly Row[] = [
    ['approval', `${quorumOf(approval)} (${rule}); nobody approves their own request`],
    ['typed name', typedName ? 'each of them types the name of the site' : 'not needed'],
    ['cooling-off', coolingOffMs === undefined ? 'none' : `${duration(coolingOffMs)} to revoke it`],
    ['escalates', `after ${duration(approval.escalateAfterMs)}`],
    ['expires', `after ${duration(approval.expiresAfterMs)}`],
  ];
  return acknowledge.length === 0 ? rows : [...rows, ['acknowledge', acknowledge.join(', ')]];
}

function guardsOf({ guards }: ExplainedPolicy, colors: Colors): readonly Row[] {
  const marks = {
    allows: colors.green('✓'),
    refuses: colors.red('✗'),
    unknown: colors.yellow('?'),
  };
  return block(
    'guardrails',
    guards.map(({ name, says, detail }) => `${marks[says]} ${name}: ${detail}`),
  );
}

function unknownOf({ unknown }: ExplainedPolicy): readonly Row[] {
  return block(
    'not known',
    unknown.map(
      (fact) =>
        `${fact}: rules that need it do not hold, those that refuse do; give it with --fact ${fact}=…`,
    ),
  );
}
