/**
 * The card of the Temporal UI ("User Metadata"): what a stranger needs first, in Markdown. The
 * frame shows about a heading and five rows, so the order matters and the card stays short.
 */
import type { Choice } from './messages.js';
import { isOutcome } from './operations.js';
import { failedChecks } from './plan.js';
import type { OperationStatus } from './status.js';

/** Titles of states; the rest is shown as it is spelled. */
const TITLES: Readonly<Record<string, string>> = {
  waiting_approval: 'WAITING FOR APPROVAL',
  needs_human: 'NEEDS A PERSON',
};

const MARKS = { pass: '✓', warn: '!', fail: '✗' } as const;

/** Draws the card of an operation. */
export function drawCard(status: OperationStatus): string {
  const { state, kind, site } = status;
  const lines = [`### ${kind} ${site}: ${TITLES[state] ?? state.replaceAll('_', ' ')}`, ''];
  if (state === 'needs_human') lines.push(...person(status));
  else if (state === 'waiting_approval') lines.push(...approval(status));
  lines.push(...table(facts(status)), '');
  lines.push(...(state === 'waiting_approval' ? planned(status) : steps(status)));
  return lines.join('\n');
}

/** `npx sitewright <verb> <site> …`, the next command a person can paste. */
export function nextCommands(status: OperationStatus): readonly (readonly [string, string])[] {
  const { site, state, operationId } = status;
  if (isOutcome(state)) return [];
  const on = `${site} --operation ${operationId}`;
  if (state === 'waiting_approval') {
    return [
      ['approve', `npx sitewright approve ${on} --reason "…"${saidBy(status)}`],
      ['reject', `npx sitewright reject ${on} --reason "…"`],
    ];
  }
  const cancel = ['cancel', `npx sitewright cancel ${on} --reason "…"`] as const;
  if (state === 'needs_human' || status.choices.length > 0) {
    const resolve = (choice: Choice) => `npx sitewright resolve ${on} ${choice} --reason "…"`;
    return [
      ...status.choices.map((choice) => [choice, resolve(choice)] as const),
      ...(state !== 'needs_human' && canBeUndone(status) ? [cancel] : []),
    ];
  }
  if (state === 'held') return [['resume', `npx sitewright resume ${on}`]];
  return [cancel];
}

/** Whether the point of no return is certainly ahead. */
function canBeUndone({ plan, steps }: OperationStatus): boolean {
  if (plan === null) return false;
  const { pointOfNoReturn } = plan.material;
  if (pointOfNoReturn === null) return true;
  return steps.some(({ name, state }) => name === pointOfNoReturn && state === 'waiting');
}

/** What an approval has to say besides its reason, as options of the command. */
function saidBy({ approval }: OperationStatus): string {
  if (approval === null) return '';
  const { typedName, acknowledge = [] } = approval.rule;
  const words = acknowledge.map((word) => ` --acknowledge ${word}`);
  return `${typedName ? ' --site-name "…"' : ''}${words.join('')}`;
}

function facts(status: OperationStatus): readonly (readonly [string, string])[] {
  const { waiting, plan } = status;
  const index = status.steps.findIndex((step) => step.state === 'running');
  const running = status.steps[index];
  return [
    ...(status.reason === null ? [] : [['why', status.reason] as const]),
    ...(running === undefined
      ? []
      : [
          [
            'step',
            `${index + 1} of ${status.steps.length}: ${running.name}${running.detail ? ` (${running.detail})` : ''}`,
          ] as const,
        ]),
    ...(waiting === null
      ? []
      : [
          [
            'waits for',
            `${waiting.what}, since ${short(waiting.since)}${waiting.until ? `, until ${short(waiting.until)}` : ''}`,
          ] as const,
        ]),
    ...status.exceptions.map((exception) => ['given up', exception] as const),
    ...status.undone.map(
      ({ label, result, message }) => ['undo', `${label}: ${result}, ${message}`] as const,
    ),
    ...(plan === null ? [] : [['what', plan.summary] as const]),
    ['asked by', `${status.requestedBy}, account ${status.account}`],
    ...(plan === null ? [] : [['policy', plan.material.rule] as const]),
    ...nextCommands(status).map(([verb, command]) => [verb, `\`${command}\``] as const),
    ...(status.ignoredMessages > 0
      ? [
          [
            'ignored',
            `${status.ignoredMessages} messages that were malformed or not for this operation`,
          ] as const,
        ]
      : []),
  ];
}

function approval(status: OperationStatus): readonly string[] {
  if (status.approval === null || status.plan === null) return [];
  const { missing, counted, unsigned, rule } = status.approval;
  const agreed = counted.map(({ by, verified }) => `${by}${verified ? '' : ' (UNVERIFIED)'}`);
  const json = JSON.stringify(
    {
      operationId: status.operationId,
      planHash: status.plan.hash,
      by: 'you',
      reason: '…',
      ...(rule.typedName && { typedName: '…' }),
      ...(rule.acknowledge && { acknowledges: rule.acknowledge }),
    },
    null,
    1,
  );
  return [
    `Needs ${missing.join(', ')} to agree.${agreed.length > 0 ? ` Agreed: ${agreed.join(', ')}.` : ''}`,
    '',
    ...(unsigned === 'allow'
      ? [
          'Here: More Actions, Send a Signal `approve` or `reject` (UNVERIFIED), with',
          '```',
          json,
          '```',
        ]
      : ['Decide with the command below; unsigned signals do not count.']),
    '',
  ];
}

function person(status: OperationStatus): readonly string[] {
  const { problem } = status;
  if (problem === null) return [];
  const evidence = Object.entries(problem.evidence ?? {}).map(([name, value]) =>
    unfenced(`${name} ${value}`),
  );
  return [
    unfenced(`**${problem.step}**: ${problem.message}`),
    ...(evidence.length > 0 ? ['', '```', ...evidence, '```'] : []),
    '',
  ];
}

function steps(status: OperationStatus): readonly string[] {
  const marks = { waiting: ' ', running: '…', done: 'x', failed: '!', given_up: '-' } as const;
  return status.steps.map(
    ({ name, state, detail }) =>
      `- [${marks[state]}] ${oneLine(`${name}${detail ? `: ${detail}` : ''}`)}`,
  );
}

function planned(status: OperationStatus): readonly string[] {
  const { plan } = status;
  if (plan === null) return [];
  const { steps: todo, pointOfNoReturn, mayLose } = plan.material;
  return [
    ...todo.map(({ name, undo }) => `- ${name}${undo ? ` (undo: ${undo})` : ''}`),
    `- can be undone ${pointOfNoReturn === null ? 'until the end' : `until ${pointOfNoReturn}`}`,
    ...mayLose.map((loss) => `- may lose ${loss}`),
    ...plan.checks.map(
      ({ name, result, detail }) => `- ${MARKS[result]} ${oneLine(`${name}: ${detail}`)}`,
    ),
    ...failedChecks(plan).map(({ name }) => `- **${name} stands in the way**`),
  ];
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const cell = (text: string) => oneLine(text).replaceAll('|', '\\|');
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${cell(value)} |`)];
}

const ISO_TIME = /(?<![\w:%/-])\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z\b/g;

/** What Press or a person wrote must not end a row or an entry. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\r\n]+\s*/g, ' ').replaceAll(ISO_TIME, short);
}

/** Nor end a block of code, or begin one. */
function unfenced(text: string): string {
  return text.replaceAll('```', "'''");
}

/** `2026-11-20 23:41 UTC`. */
function short(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
