import type { ByOptions, CommonOptions } from '../options.js';

/** What can be checked by a plan alone, of a site and nothing else. */
export const CHECKABLE = ['upgrade', 'update', 'migrate', 'backup'] as const;

/** For periods of whole weeks. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Options of `schedule create`. */
export interface CreateOptions extends CommonOptions, ByOptions {
  readonly backup?: string;
  readonly backupAll?: boolean;
  readonly check?: (typeof CHECKABLE)[number];
  readonly site?: string;
  readonly every: string;
  readonly at?: string;
  readonly on?: (typeof WEEKDAYS)[number];
  readonly account?: string;
}
