export {
  LedgerTooNew,
  LedgerUnavailable,
  OperationClosed,
  UnknownCommand,
  UnknownOperation,
} from './errors.js';
export { exportEvents } from './export.js';
export { canonicalJson } from './json.js';
export { openLedger } from './ledger.js';
export type {
  ChainFault,
  CommandRow,
  CommandState,
  Json,
  Ledger,
  LedgerEvent,
  LockAnswer,
  OpenAnswer,
  OpenOperation,
  OperationRow,
  RecordedDecision,
  StoredEvent,
} from './types.js';
