import { nextCommands } from '../../domain/card.js';
import type { Choice } from '../../domain/messages.js';
import type { OperationKind } from '../../domain/operations.js';
import type { OperationStatus } from '../../domain/status.js';
import { block, oneLine, pad, type Row, widest } from './rows.js';

/** What each choice does, for somebody who has to make it. */
const CHOICE_MEANS: Readonly<Record<Choice, string>> = {
  retry: 'try the step again',
  roll_back: 'undo what was done, newest first',
  restore: 'put the safety copy back',
  restore_forward: 'put the safety copy back on the new version, leaving out patches that fail',
  rebuild: 'archive the site and make it again from the safety copy',
  accept: 'take it as it is: done',
  give_up: 'leave this part out and go on with the rest',
  abandon: 'leave everything as it is and end here',
};

const NOT_SENT = 'wait no longer: it ends refused, and nothing was sent';

/** What comes of waiting no longer where the part that is waited for is all there is. */
const GIVE_UP_MEANS: Readonly<Partial<Record<OperationKind, string>>> = {
  'add-domain': NOT_SENT,
  'retry-domain': NOT_SENT,
  transfer: 'wait no longer: it ends abandoned, and the link that was mailed still works',
  'maplepress-register': 'wait no longer: the site stays registered, and pending',
  'maplepress-rotate-key': 'wait no longer: the new key stays, "not seen yet"',
};

/** Beside choices, as long as there is a way back. */
const CANCEL_MEANS = 'end it, and undo what was done';

const meaningOf = (choice: Choice, kind: OperationKind): string =>
  (choice === 'give_up' ? GIVE_UP_MEANS[kind] : undefined) ?? CHOICE_MEANS[choice];

/** Why it cannot go on by itself, with what Press said. */
export function problemRows({ problem }: OperationStatus): readonly Row[] {
  if (problem === null) return [];
  const evidence = Object.entries(problem.evidence ?? {});
  const width = widest(evidence.map(([name]) => name)) + 2;
  return [
    ['what happened', `${problem.step}: ${oneLine(problem.message, 400)}`],
    ...block(
      'evidence',
      evidence.flatMap(([name, text]) =>
        text.split('\n').map((line, index) => `${pad(index === 0 ? name : '', width)}${line}`),
      ),
    ),
  ];
}

/** What can be chosen, and how; else the next command. */
export function choiceRows(status: OperationStatus): readonly Row[] {
  const commands = nextCommands(status);
  if (status.choices.length === 0) return commands;
  const verbs = commands.map(([verb]) => verb as Choice | 'cancel');
  const width = widest(verbs) + 2;
  const [undo] = (status.plan?.material.steps ?? []).flatMap((step) => step.undo ?? []);
  return [
    ...block(
      'you can',
      verbs.map((verb) => {
        const means = verb === 'cancel' ? CANCEL_MEANS : meaningOf(verb, status.kind);
        const goesBack = verb === 'cancel' || verb === 'roll_back';
        return `${pad(verb, width)}${means}${goesBack && undo ? `: ${undo}` : ''}`;
      }),
    ),
    ...block(
      'do it',
      commands.map(([, command]) => command),
    ),
  ];
}

/** A run that ended without an outcome, and the ways to settle it (D 4.6). */
export function lostRows(
  { site, operationId, state }: OperationStatus,
  lost: string,
): readonly Row[] {
  const resolve = (choice: Choice) =>
    `npx sitewright resolve ${site} ${choice} --operation ${operationId} --reason "…"`;
  return [
    ['what happened', `${lost}; before: ${state.replaceAll('_', ' ')}`],
    ['until then', 'whatever it has locked stays locked'],
    ['retry', resolve('retry')],
    ['abandon', resolve('abandon')],
  ];
}
