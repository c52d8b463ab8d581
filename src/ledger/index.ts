export {
  LedgerTooNew,
  LedgerTooOld,
  LedgerUnavailable,
  OperationClosed,
  UnknownCommand,
  UnknownOperation,
} from './errors.js';
export { exportEvents } from './export.js';
export { canonicalJson } from './json.js';
export { openLedger } from './ledger.js';
export type { Ledger, LedgerEvent, OpenOperation, RecordedDecision } from './types.js';
