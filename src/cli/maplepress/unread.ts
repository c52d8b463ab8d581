import type { UnreadSite } from '../../schemas/estate/maplepress.js';

/** What people know an unread site by. */
export function nameOf({ domain, id }: UnreadSite): string {
  return domain ?? id ?? 'one without domain and id';
}
