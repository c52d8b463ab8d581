import { nextCommands } from '../../domain/card.js';
import {
  isMaplePressKind,
  isOutcome,
  isSuccess,
  type OperationState,
} from '../../domain/operations.js';
import type { Plan } from '../../domain/plan.js';
import type { OperationStatus } from '../../domain/status.js';
import type { Seen } from '../follow.js';
import type { HandedOverSecret } from '../handed-over.js';
import type { View } from '../output.js';
import { renderChecks, renderRule, renderSteps as renderPlanned } from './plan.js';
import { choiceRows, lostRows, problemRows } from './attention.js';
import { block, row, type Row } from './rows.js';
import { plainDetails, secretRows } from './secrets.js';
import { renderSteps } from './steps.js';
import { between, clockTime, withClockTimes } from './time.js';

/** What the ledger adds to what was seen. */
interface Known {
  readonly secrets?: readonly HandedOverSecret[] | null;
}

/** Everything a person needs to know of an operation now, and the commands that come next. */
export function renderStatus(
  { status, result, lost, secrets }: Seen & Known,
  view: View,
  link: string | null,
  spinner?: string,
): readonly string[] {
  const rows = (lines: readonly Row[]) =>
    lines.map(([label, text]) => row([label, withClockTimes(text, view.now, view.timeZone)]));
  const { plan, state } = status;
  const head = headline(status, view, lost !== null);
  if (lost !== null) return [head, ...rows([...lostRows(status, lost), ...look(status, link)])];
  if (state === 'waiting_approval') {
    return [head, ...rows([...approvalRows(status, view), ...look(status, link)])];
  }
  if (state === 'planned') {
    return [head, ...rows([...planRows(status, view), ...look(status, link)])];
  }
  if (state === 'refused' && plan !== null && status.undone.length === 0) {
    return [head, ...rows([...refusalRows(status, plan, view), ...look(status, link)])];
  }
  const details = result?.details ?? status.details ?? {};
  return [
    head,
    ...rows(state === 'needs_human' ? problemRows(status) : why(status)),
    ...(isOutcome(state) || plan === null
      ? []
      : rows([
          ['plan', plan.summary],
          ['approval', approvedBy(status) ?? renderRule(plan)],
        ])),
    ...(status.steps.length > 0 ? ['', ...renderSteps(status, view, spinner), ''] : []),
    ...rows([
      ...plainDetails(details),
      ...secretRows(details, secrets),
      ...block('given up', status.exceptions),
      ...block(
        'undone',
        status.undone.map(({ label, result: how, message }) => `${label}: ${how}, ${message}`),
      ),
      ...waitRows(status, view),
      ...choiceRows(status),
      ...look(status, link),
    ]),
  ];
}

/** Where no step is at work, or none of the runbook. */
const BESIDE_STEPS: readonly OperationState[] = ['queued', 'held', 'compensating'];

/** What is waited for, for how long and until when, where no line of a step says it. */
export function waitRows({ state, waiting }: OperationStatus, view: View): readonly Row[] {
  if (waiting === null || !BESIDE_STEPS.includes(state)) return [];
  const { what, since, until } = waiting;
  const { now, timeZone } = view;
  const parts = [
    withClockTimes(what, now, timeZone),
    `for ${between(since, now)}`,
    ...(until === undefined ? [] : [`until ${clockTime(until, now, timeZone)}`]),
  ];
  return [['waits for', parts.join(' · ')]];
}

/** `Provision acme.example.com   NEEDS A PERSON  since 14 min (operation …, requested by ops)`. */
function headline(status: OperationStatus, { colors, now }: View, lost: boolean): string {
  const { kind, site, state, since, operationId, requestedBy } = status;
  const title = `${titleOf(kind)} ${site}`;
  const shown = lost ? 'needs_human' : state;
  const when = isOutcome(state) ? `${between(since, now)} ago` : `since ${between(since, now)}`;
  const more = `(operation ${operationId}, requested by ${requestedBy})`;
  return `${colors.bold(title)}   ${stateLabel(shown, colors)}  ${when}  ${colors.dim(more)}`;
}

function titleOf(kind: string): string {
  if (isMaplePressKind(kind)) return kind.replace('maplepress-', 'MaplePress ');
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/** A state as people read it, in its colour. */
export function stateLabel(state: OperationState, colors: View['colors']): string {
  if (state === 'needs_human') return colors.red('NEEDS A PERSON');
  if (state === 'waiting_approval') return colors.yellow('WAITING FOR APPROVAL');
  const label = state.replaceAll('_', ' ').toUpperCase();
  if (!isOutcome(state)) return colors.cyan(label);
  if (state === 'planned' || state === 'succeeded') return colors.green(label);
  return isSuccess(state) ? colors.yellow(label) : colors.red(label);
}

function why({ reason }: OperationStatus): readonly Row[] {
  return reason === null ? [] : [['why', reason]];
}

function planRows(status: OperationStatus, { colors }: View): readonly Row[] {
  const { plan } = status;
  if (plan === null) return [];
  return [
    ['plan', plan.summary],
    ...renderPlanned(plan),
    ...renderChecks(plan.checks, colors),
    ['approval', renderRule(plan)],
  ];
}

/** The checks say it better than the sum of them, which is the reason. */
function refusalRows(status: OperationStatus, plan: Plan, { colors }: View): readonly Row[] {
  const { checks, refusal, summary } = plan;
  const checked = checks.some(({ result }) => result === 'fail');
  return [
    ...(checked && refusal !== null ? [['why', refusal] as const] : why(status)),
    ['plan', summary],
    ...renderChecks(checks, colors),
  ];
}

function approvalRows(status: OperationStatus, view: View): readonly Row[] {
  const { approval, plan } = status;
  if (approval === null || plan === null) return [];
  const seats = Object.values(approval.rule.quorum).reduce((sum, n) => sum + n, 0);
  const roles = [...new Set(approval.missing)].join(', ');
  const missing = approval.missing.length;
  const expires = clockTime(approval.expiresAt, view.now, view.timeZone);
  const left = between(view.now.toISOString(), approval.expiresAt);
  return [
    ...why(status),
    ...planRows(status, view).filter(([label]) => label !== 'approval'),
    [
      'approval',
      `${seats - missing} of ${seats}, missing: role ${roles}, expires in ${left} (${expires}; policy: ${plan.material.rule})`,
    ],
    ...block(
      'agreed',
      approval.counted.map(({ by, verified }) => `${by}${verified ? '' : ' (UNVERIFIED)'}`),
    ),
    ...nextCommands(status),
  ];
}

/** Null unless somebody was asked. */
function approvedBy({ approval, plan }: OperationStatus): string | null {
  if (approval === null || approval.counted.length === 0) return null;
  const who = approval.counted.map(({ by, verified }) => `${by}${verified ? '' : ' (UNVERIFIED)'}`);
  return `by ${who.join(', ')} (policy: ${plan?.material.rule ?? approval.rule.rule})`;
}

/** Where to look further. */
function look({ site, operationId, state }: OperationStatus, link: string | null): readonly Row[] {
  const ledger = `npx sitewright ledger ${site} --operation ${operationId}`;
  const watch = `npx sitewright watch ${site} --operation ${operationId}`;
  return [
    ...(isOutcome(state) ? [] : [['watch', watch] as const]),
    ['history', ledger],
    ...(link === null ? [] : [['look', link] as const]),
  ];
}
