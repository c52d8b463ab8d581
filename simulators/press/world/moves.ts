import type { Micros, Row } from './model.js';

/** A Site Action: a move that a migration plan has asked for (C 2.8). */
export interface SiteActionRow extends Row {
  site: string;
  team: string;
  actionType: string;
  status: 'Scheduled' | 'Running' | 'Success' | 'Failure' | 'Cancelled';
  scheduledTime: Micros | null;
  start: Micros | null;
  end: Micros | null;
  /** Where the site goes; the group may have been made for it. */
  group: string;
  isNewGroup: boolean;
  server: string;
  skipFailingPatches: boolean;
  /** The build of its bench, where one was needed. */
  build: string | null;
  /** Set once the move itself began: within a server a Site Update, else a Site Migration. */
  update: string | null;
  migration: string | null;
}

/** A Site Migration: to another server; no API shows it, `site.get` tells a little (C 2.9). */
export interface MigrationRow extends Row {
  site: string;
  team: string;
  status: 'Scheduled' | 'Running' | 'Success' | 'Failure';
  scheduledTime: Micros | null;
  /** The bench it leads to. */
  bench: string;
  /** The step at which it is to fail. */
  failsAt?: string;
}

/** The part of the world that is about moves. */
export interface MoveState {
  actions: Record<string, SiteActionRow>;
  migrations: Record<string, MigrationRow>;
}
