import type { Micros } from './model.js';

export interface UserRow {
  user: string;
  firstName: string;
  apiKey: string;
  apiSecret: string;
  teams: string[];
}

export interface TeamRow {
  name: string;
  user: string;
  enabled: boolean;
  /** Whether the team may create sites and paid things (A 3.2, can_create_site). */
  payment: boolean;
  title: string | null;
  /** Set for a child team. */
  parent: string | null;
  /** Logins in its member table; of the owner too, or nobody could accept a site for it (C 8.2). */
  members: string[];
  since: Micros;
}
