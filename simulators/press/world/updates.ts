import type { Micros, Row, SiteStatus } from './model.js';

export type UpdateStatus =
  | 'Scheduled'
  | 'Pending'
  | 'Running'
  | 'Success'
  | 'Failure'
  | 'Recovering'
  | 'Recovered'
  | 'Fatal'
  | 'Cancelled';

/** A bench of a group. */
export interface Place {
  bench: string;
  group: string;
}

/** A Site Update (C 2.1). */
export interface UpdateRow extends Row {
  site: string;
  team: string;
  status: UpdateStatus;
  source: Place;
  destination: Place;
  difference: string;
  scheduledTime: Micros | null;
  skipBackups: boolean;
  skipFailingPatches: boolean;
  updateJob: string | null;
  recoverJob: string | null;
  start: Micros | null;
  end: Micros | null;
  /** What the site was when it began; it gets it back. */
  siteStatusBefore: SiteStatus;
}

/** A Version Upgrade: no API shows it, `site.get` tells a little of it (C 1.0). */
export interface UpgradeRow extends Row {
  site: string;
  team: string;
  status: 'Scheduled' | 'Pending' | 'Running' | 'Success' | 'Failure' | 'Cancelled';
  sourceGroup: string;
  destinationGroup: string;
  scheduledTime: Micros | null;
  skipBackups: boolean;
  skipFailingPatches: boolean;
  /** Waits for a bench that is built for it: then the group tells its name (C 1.4). */
  deploysBench: boolean;
  update: string | null;
}

/** The part of the world that is about updates. */
export interface UpdateState {
  updates: Record<string, UpdateRow>;
  upgrades: Record<string, UpgradeRow>;
}
