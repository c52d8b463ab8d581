import type { BuildFault, PipelineFault, QueueFault } from '../fault-types.js';
import type { Micros, Row } from './model.js';

/** A server for benches. */
export interface ServerRow extends Row {
  title: string | null;
  team: string;
  cluster: string;
  provider: string;
  /** False for a dedicated server: only its team may put benches on it. */
  public: boolean;
  /** Whether the platform chooses it for new benches of others (D 1.1). */
  forNewBenches: boolean;
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
  /** The App Release of each of its apps. */
  releases: Record<string, string>;
  /** Sites that are updated once the bench on their server is up (C 3.3). */
  sites: SiteOfDeploy[];
}

/** A site that is to follow a deploy. */
export interface SiteOfDeploy {
  site: string;
  server: string;
  /** Where it stood when the deploy was asked for. */
  bench: string;
  skipBackups: boolean;
  skipFailingPatches: boolean;
  /** Failure: refused; what became of the update is told by the update alone. */
  status: 'Pending' | 'Started' | 'Failure';
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

export type PipelineStatus = 'Pending' | 'Running' | 'Success' | 'Partial Success' | 'Failure';

/** A stage of a pipeline; its builds and benches are those of the candidate. */
export interface StageRow {
  name: string;
  label: string;
  status: 'Pending' | 'Running' | 'Success' | 'Failure' | 'Skipped';
  start: Micros | null;
  end: Micros | null;
}

/** A Release Pipeline: a deploy from its checks to its benches (C 3.5). */
export interface PipelineRow extends Row {
  group: string;
  team: string;
  status: PipelineStatus;
  /** The App Release chosen for each app; checked only when the pipeline runs. */
  releases: Record<string, string>;
  /** Apps for which the caller named no release. */
  unchosen: string[];
  sites: SiteOfDeploy[];
  /** Null until the deployment is prepared. */
  candidate: string | null;
  stages: StageRow[];
  start: Micros | null;
  end: Micros | null;
  fault: PipelineFault | null;
}

/** The part of the world that is about pipelines. */
export interface PipelineState {
  pipelines: Record<string, PipelineRow>;
  /** Whether deploys go through pipelines: a setting of the platform (C 3.1). */
  usesPipelines: boolean;
}
