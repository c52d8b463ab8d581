import type { BuildFault, QueueFault } from '../fault-types.js';
import type { Micros, Row } from './model.js';

/** A server for benches. */
export interface ServerRow extends Row {
  title: string | null;
  team: string;
  cluster: string;
  provider: string;
  /** False for a dedicated server: only its team may put benches on it. */
  public: boolean;
  /** Free space on it and on its database server, as far as somebody looks. */
  freeBytes: number;
}

export type BuildStatus =
  'Draft' | 'Scheduled' | 'Pending' | 'Preparing' | 'Running' | 'Success' | 'Failure';

/** What a group looked like when a deploy of it was asked for. */
export interface CandidateRow extends Row {
  group: string;
  team: string;
  apps: string[];
  /** Counts the releases of its apps: 0 for those the world began with. */
  revision: number;
}

/** A Deploy Candidate Build: one attempt to make the image of a candidate. */
export interface BuildRow extends Row {
  group: string;
  team: string;
  candidate: string;
  status: BuildStatus;
  start: Micros | null;
  end: Micros | null;
  error: string;
  /** How many automatic repetitions of the candidate came before this one. */
  retryCount: number;
  fault: BuildFault | null;
}

/** A New Bench Queue entry: a built image waiting to become a bench on a server. */
export interface QueueRow extends Row {
  group: string;
  team: string;
  candidate: string;
  server: string;
  status: 'Queued' | 'Started' | 'Failure';
  fault: QueueFault | null;
}

export type OrderStatus =
  | 'Pending'
  | 'Deploying Bench'
  | 'Bench Deploy Failed'
  | 'Bench Deployed'
  | 'Creating Site'
  | 'Site Created'
  | 'Site Creation Failed';

/** A Site Group Deploy: a site ordered together with a bench of its own (A 3.5). */
export interface OrderRow extends Row {
  team: string;
  status: OrderStatus;
  subdomain: string;
  plan: string;
  apps: string[];
  /** Its release group; named after the API. */
  group: string;
  /** Set when a bench came up, also when the site could not be made on it. */
  bench: string | null;
  site: string | null;
}
