import type { WordPressRow } from '../../schemas/estate/maplepress.js';
import type { Colors } from '../output.js';

/** `active` once its plugin has verified it, `pending` before. */
export function statusOfWordPress(
  { status }: Pick<WordPressRow, 'status'>,
  colors: Colors,
): string {
  return status === 'active' ? colors.green(status) : colors.yellow(status);
}
