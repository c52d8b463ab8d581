export {
  CopyComplete,
  CopyNotFound,
  CopySuperseded,
  DamagedArchive,
  DamagedRecord,
  InvalidHandle,
  SourceEnded,
  VaultUnavailable,
} from './errors.js';
export { handleFor, handlesIn, operationMark } from './handle.js';
export { openVault } from './open-vault.js';
export { abandoned, expired, type RetentionRule } from './retention.js';
export type {
  CopyDetails,
  CopyFile,
  CopyManifest,
  CopyProblem,
  IncompleteCopy,
  OpenedSource,
  OpenSource,
  Vault,
  VaultProgress,
  VaultSettings,
  WorkOptions,
} from './types.js';
