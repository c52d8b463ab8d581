import { Refusal } from '../http/answer.js';
import type { SiteRow } from '../world/model.js';

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 100;

/**
 * One page in the order of ids, which says nothing about age. As with a Cassandra cursor, a page
 * that is just full leads to another one, which may be empty.
 *
 * @throws Refusal 400
 */
export function pageOf(
  sites: readonly SiteRow[],
  query: Readonly<Record<string, string>>,
): { rows: SiteRow[]; pageState: string | null } {
  const size = Number(query.page_size ?? DEFAULT_SIZE);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
    throw new Refusal(400, `page_size must be between 1 and ${LARGEST_SIZE}`);
  }
  const after = query.page_state === undefined ? '' : readState(query.page_state);
  const rows = sites
    .filter(({ id }) => id > after)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(0, size);
  const last = rows.at(-1);
  const isFull = rows.length === size && last !== undefined;
  return { rows, pageState: isFull ? Buffer.from(`after:${last.id}`).toString('base64url') : null };
}

function readState(pageState: string): string {
  const after = /^after:(.+)$/.exec(Buffer.from(pageState, 'base64url').toString('utf8'))?.[1];
  if (after === undefined) throw new Refusal(400, 'invalid page_state');
  return after;
}
