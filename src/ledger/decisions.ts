import type { Selectable } from 'kysely';
import { appendMove, lockOperation } from './chain.js';
import type { LedgerDatabase } from './database.js';
import { canonicalJson, storable } from './json.js';
import type { DecisionsTable } from './schema.js';
import type { Ledger, RecordedDecision } from './types.js';

/** Decisions of people, those that count and those that do not (D 4.3). */
export function decisions(
  database: LedgerDatabase,
): Pick<Ledger, 'recordDecision' | 'decisionsOf'> {
  return {
    recordDecision: (given) =>
      database.write(async (tx) => {
        const decision = storable(given);
        const operation = await lockOperation(tx, decision.operationId);
        const known = await tx
          .selectFrom('decisions')
          .select('sequence')
          .where('operation_id', '=', decision.operationId)
          .where('decision_key', '=', decision.key)
          .executeTakeFirst();
        if (known !== undefined) return;
        const event = { key: `decision:${decision.key}`, type: 'decision.recorded', data: {} };
        const head = await appendMove(tx, operation, event, { decision });
        await tx.insertInto('decisions').values(toRow(decision, head.chain_length)).execute();
      }),

    decisionsOf: (operationId) =>
      database.read(async (db) => {
        const rows = await db
          .selectFrom('decisions')
          .selectAll()
          .where('operation_id', '=', operationId)
          .orderBy('sequence')
          .execute();
        return rows.map(toDecision);
      }),
  };
}

function toRow(decision: RecordedDecision, sequence: number): DecisionsTable {
  return {
    operation_id: decision.operationId,
    decision_key: decision.key,
    sequence,
    verdict: decision.verdict,
    decided_by: decision.by,
    verified: decision.verified ? 1 : 0,
    roles: canonicalJson(decision.roles),
    plan_hash: decision.planHash,
    accepted: decision.accepted ? 1 : 0,
    reason: decision.reason,
    policy_version: decision.policyVersion,
  };
}

/** Reads a stored decision. */
export function toDecision(row: Selectable<DecisionsTable>): RecordedDecision {
  return {
    operationId: row.operation_id,
    key: row.decision_key,
    verdict: row.verdict,
    by: row.decided_by,
    verified: row.verified === 1,
    roles: JSON.parse(row.roles) as string[],
    planHash: row.plan_hash,
    accepted: row.accepted === 1,
    reason: row.reason,
    policyVersion: row.policy_version,
  };
}
