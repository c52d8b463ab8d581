import type { Matrix } from './row.js';
import { adjustmentsMatrix } from './adjustments/index.js';
import { migrateMatrix } from './migrate/index.js';
import { backupMatrix } from './backup/index.js';
import { deletionMatrix } from './maplepress-delete/index.js';
import { registerMatrix } from './maplepress-register/index.js';
import { rotationMatrix } from './maplepress-rotate-key/index.js';
import { moveMatrix } from './move/index.js';
import { transferMatrix } from './transfer/index.js';
import { loginLinkMatrix } from './login-link/index.js';
import { archiveMatrix } from './archive/index.js';
import { deployBenchMatrix } from './deploy-bench/index.js';
import { provisionMatrix } from './provision/index.js';
import { reinstallMatrix } from './reinstall/index.js';
import { restoreMatrix } from './restore/index.js';
import { unarchiveMatrix } from './unarchive/index.js';
import { updateMatrix } from './update/index.js';
import { upgradeMatrix } from './upgrade/index.js';

/** The accidents of every operation, for the documentation. */
export const MATRICES: readonly Pick<
  Matrix<object>,
  'kind' | 'page' | 'provider' | 'introduction' | 'worlds' | 'rows'
>[] = [
  provisionMatrix,
  upgradeMatrix,
  updateMatrix,
  migrateMatrix,
  restoreMatrix,
  archiveMatrix,
  unarchiveMatrix,
  reinstallMatrix,
  deployBenchMatrix,
  backupMatrix,
  loginLinkMatrix,
  transferMatrix,
  moveMatrix,
  adjustmentsMatrix,
  registerMatrix,
  rotationMatrix,
  deletionMatrix,
];
