import type { CommandArgs } from './activity-types.js';
import type { SiteChange } from './site-changes.js';

/** Everything about a reinstall, resolved: what approvals are bound to. */
export interface ReinstallTarget extends SiteChange {
  /** What Press called the site before. */
  readonly statusBefore: 'Active' | 'Inactive' | 'Broken';
}

export interface ReinstallArgs extends CommandArgs {
  readonly site: string;
}
