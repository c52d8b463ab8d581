import type { Matrix } from './row.js';
import { provisionMatrix } from './provision/index.js';

/** The accidents of every operation, for the documentation. */
export const MATRICES: readonly Pick<Matrix<object>, 'kind' | 'introduction' | 'worlds' | 'rows'>[] =
  [provisionMatrix];
