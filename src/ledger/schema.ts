/**
 * The tables (D 5). JSON is canonical text, times are ISO text in UTC or epoch milliseconds,
 * booleans are 0 and 1: the same on SQLite and PostgreSQL (and libsql aborts the process when a
 * boolean is bound).
 */
import type { OperationKind, OperationState } from '../domain/operations.js';
import type { CommandState } from './types.js';

export interface Schema {
  operations: OperationsTable;
  commands: CommandsTable;
  decisions: DecisionsTable;
  locks: LocksTable;
  ledger_events: LedgerEventsTable;
  handovers: HandoversTable;
  ledger_schema: LedgerSchemaTable;
}

export interface OperationsTable {
  operation_id: string;
  kind: OperationKind;
  site: string;
  account: string;
  requested_by: string;
  idempotency_key: string | null;
  payload_hash: string;
  reason: string | null;
  workflow_id: string;
  run_id: string;
  /** The run before the last reopening, so that a repeated reopening answers the same. */
  previous_run_id: string | null;
  input: string;
  state: OperationState;
  needs_attention: 0 | 1;
  opened_at: string;
  closed_at: string | null;
  result: string | null;
  /** Number of events and hash of the newest: shows when the end of the chain was cut off. */
  chain_length: number;
  chain_head: string;
}

export interface CommandsTable {
  operation_id: string;
  step: string;
  round: number;
  endpoint: string;
  payload_hash: string;
  state: CommandState;
  attempt: number;
  first_sent_at: number | null;
  contact_ended_at: number | null;
  negative_reads: number;
  tracker: string;
  evidence: string;
  error: string;
}

export interface DecisionsTable {
  operation_id: string;
  decision_key: string;
  /** Sequence of the event that tells the same. */
  sequence: number;
  verdict: string;
  decided_by: string;
  verified: 0 | 1;
  roles: string;
  plan_hash: string | null;
  accepted: 0 | 1;
  reason: string | null;
  policy_version: string;
}

interface LocksTable {
  resource: string;
  operation_id: string;
  since: string;
}

export interface LedgerEventsTable {
  operation_id: string;
  sequence: number;
  event_key: string;
  type: string;
  data: string;
  at: string;
  previous_hash: string;
  hash: string;
}

/** Secrets on their way out, encrypted; the ciphertext goes when it was claimed or has expired. */
interface HandoversTable {
  handle: string;
  operation_id: string;
  label: string;
  sealed: string | null;
  created_at: string;
  expires_at: string;
  claim_id: string | null;
  claimed_at: string | null;
}

/** One row per migration that was run. */
interface LedgerSchemaTable {
  version: number;
  migrated_at: string;
}
