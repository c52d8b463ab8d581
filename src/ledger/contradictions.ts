import type { Selectable, Transaction } from 'kysely';
import type { Move } from './chain.js';
import { settlementOf } from './commands.js';
import { toDecision } from './decisions.js';
import { canonicalJson, isRecord } from './json.js';
import { openingOf } from './opening.js';
import type { OperationsTable, Schema } from './schema.js';
import type { ChainFault, StoredEvent } from './types.js';

/** What the tables say and a sound chain does not, or the other way round. */
export async function contradictions(
  tx: Transaction<Schema>,
  operation: Selectable<OperationsTable>,
  events: readonly StoredEvent[],
): Promise<readonly ChainFault[]> {
  const told = toldBy(events);
  const stored = await storedOf(tx, operation);
  const subjects = [...new Set([...told.keys(), ...stored.keys()])];
  return subjects.flatMap((subject) => {
    const entry = told.get(subject);
    if (entry !== undefined && stored.get(subject) === entry.says) return [];
    return [
      {
        operationId: operation.operation_id,
        sequence: entry?.sequence ?? events.length,
        problem:
          entry === undefined
            ? `no entry tells of the recorded ${subject}`
            : `the recorded ${subject} is not what this entry tells`,
      },
    ];
  });
}

/** By subject, the last thing the chain says about it. */
function toldBy(events: readonly StoredEvent[]) {
  const told = new Map<string, { readonly sequence: number; readonly says: string }>();
  for (const { sequence, data } of events) {
    const move: Move = isRecord(data) && isRecord(data['ledger']) ? data['ledger'] : {};
    const tell = (subject: string, says: unknown) =>
      told.set(subject, { sequence, says: canonicalJson(says) });
    if (move.opened !== undefined) tell('opening', move.opened);
    if (isRecord(move.closed)) {
      tell('result', move.closed);
      tell('outcome', move.closed['outcome']);
    }
    if (isRecord(move.decision)) tell(decisionSubject(move.decision['key']), move.decision);
    if (isRecord(move.command)) {
      const { step, round, state } = move.command;
      const subject = commandSubject(step, round);
      if (isFinal(state)) tell(subject, move.command);
      else told.delete(subject);
    }
  }
  return told;
}

/** The same of the tables. */
async function storedOf(
  tx: Transaction<Schema>,
  operation: Selectable<OperationsTable>,
): Promise<ReadonlyMap<string, string>> {
  const { operation_id: operationId, result, state, closed_at: closedAt } = operation;
  const stored = new Map([['opening', canonicalJson(openingOf(operation))]]);
  if (result !== null || closedAt !== null) {
    stored.set('result', closedAt === null ? 'not closed' : (result ?? 'nothing'));
    stored.set('outcome', canonicalJson(state));
  }
  const decisions = await tx
    .selectFrom('decisions')
    .selectAll()
    .where('operation_id', '=', operationId)
    .execute();
  for (const row of decisions) {
    stored.set(
      decisionSubject(row.decision_key),
      textOf(() => toDecision(row)),
    );
  }
  const commands = await tx
    .selectFrom('commands')
    .selectAll()
    .where('operation_id', '=', operationId)
    .execute();
  for (const row of commands.filter(({ state }) => isFinal(state))) {
    stored.set(
      commandSubject(row.step, row.round),
      textOf(() => settlementOf(row)),
    );
  }
  return stored;
}

/** A refused command may still turn out settled; an intended or sent one may be claimed again. */
const isFinal = (state: unknown) => state === 'settled' || state === 'refused';

const decisionSubject = (key: unknown) => `decision ${String(key)}`;
const commandSubject = (step: unknown, round: unknown) =>
  `command ${String(step)}/${String(round)}`;

function textOf(read: () => unknown): string {
  try {
    return canonicalJson(read());
  } catch {
    return 'not JSON any more';
  }
}
