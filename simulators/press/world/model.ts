import type { Task } from '../../shared/agenda.js';
import type { RuleEntry } from '../../shared/rules.js';
import type { Micros } from '../../shared/time.js';
import type { FaultRule, JobFault } from '../fault-types.js';
import type { CallRecord, DnsRecords, EffectRecord, Json } from '../types.js';
import type { TeamRow, UserRow } from './accounts.js';
import type { BackupState, FileKind, SiteDisk } from './backups.js';
import type { BillingState } from './billing.js';
import type { AppRow, BenchRow, GroupRow, PlanRow } from './catalogue.js';
import type { ActivityRow, NotificationRow } from './traces.js';
import type {
  BuildRow,
  CandidateRow,
  OrderRow,
  PipelineState,
  QueueRow,
  ServerRow,
} from './deploys.js';
import type { MoveState } from './moves.js';
import type { SourceState } from './sources.js';
import type { UpdateState } from './updates.js';

/** Press stamps rows to the microsecond. */
export type { Micros } from '../../shared/time.js';

export type JobStatus =
  'Undelivered' | 'Pending' | 'Running' | 'Success' | 'Failure' | 'Delivery Failure';
export type StepStatus =
  'Pending' | 'Running' | 'Success' | 'Failure' | 'Skipped' | 'Delivery Failure';
export type SiteStatus =
  | 'Pending'
  | 'Installing'
  | 'Updating'
  | 'Recovering'
  | 'Active'
  | 'Inactive'
  | 'Broken'
  | 'Archived'
  | 'Suspended';
type DomainStatus = 'Pending' | 'In Progress' | 'Active' | 'Broken';

export interface Row {
  name: string;
  owner: string;
  creation: Micros;
  modified: Micros;
  modifiedBy: string;
}

export interface ConfigRow extends Row {
  key: string;
  value: string;
  type: string;
  internal: boolean;
}

export interface TagRow extends Row {
  tag: string;
}

export interface SiteRow extends Row {
  subdomain: string;
  domain: string;
  team: string;
  group: string;
  bench: string;
  server: string;
  cluster: string;
  plan: string;
  status: SiteStatus;
  apps: string[];
  hostName: string | null;
  creationFailed: Micros | null;
  archiveFailed: boolean;
  /** The Site Update whose recovery failed. */
  fatalUpdate: string | null;
  config: ConfigRow[];
  tags: TagRow[];
  /** Whether the directory of the site exists on its server: a probe then gets an answer. */
  onServer: boolean;
  /** Whether the proxy knows the site. */
  routed: boolean;
  /** Whether the site answers; switched by the control API. */
  responsive: boolean;
  /** Press has given up watching the site. */
  unmonitored?: boolean;
  disk: SiteDisk;
  /** Remote Files of the last restore: `restore_site` takes them again (B 2.3). */
  remoteFiles: Partial<Record<FileKind, string>>;
  skipAutoUpdates: boolean;
}

export interface DomainRow extends Row {
  domain: string;
  site: string;
  status: DomainStatus;
  dnsType: 'A' | 'CNAME';
  retryCount: number;
  redirectToPrimary: boolean;
}

export interface StepRow {
  name: string;
  stepName: string;
  status: StepStatus;
  start: Micros | null;
  end: Micros | null;
  output: string | null;
}

/** What the agent will do with a delivered job; the Press row only learns it at poll ticks. */
export interface AgentPlan {
  start: Micros;
  steps: { start: Micros; end: Micros | null; status: StepStatus; output: string | null }[];
  end: Micros | null;
}

export interface JobRow extends Row {
  jobType: string;
  status: JobStatus;
  /** The agent's own number; 0 until delivered. */
  jobId: number;
  site: string | null;
  bench: string | null;
  server: string;
  /** What the callback needs besides the site, e.g. the domain of `Add Host to Proxy`. */
  data: Record<string, Json>;
  start: Micros | null;
  end: Micros | null;
  output: string | null;
  steps: StepRow[];
  plan: AgentPlan | null;
  fault: JobFault | null;
}

export interface SubscriptionRow extends Row {
  site: string;
  team: string;
  /** Null for the subscription of the site's own plan. */
  app: string | null;
  plan: string;
  enabled: boolean;
}

export interface WorldState
  extends BackupState, BillingState, MoveState, PipelineState, SourceState, UpdateState {
  format: 6;
  now: Micros;
  lastStamp: Micros;
  random: number;
  utcOffsetMinutes: number;
  rootDomains: string[];
  clusters: { name: string; title: string; image: string | null; provider: string }[];
  versions: { name: string; number: number; status: string; default: boolean }[];
  users: UserRow[];
  teams: TeamRow[];
  plans: Record<string, PlanRow>;
  apps: Record<string, AppRow>;
  groups: Record<string, GroupRow>;
  benches: Record<string, BenchRow>;
  servers: Record<string, ServerRow>;
  candidates: Record<string, CandidateRow>;
  builds: Record<string, BuildRow>;
  queue: Record<string, QueueRow>;
  /** Site Group Deploys. */
  orders: Record<string, OrderRow>;
  sites: Record<string, SiteRow>;
  domains: Record<string, DomainRow>;
  jobs: Record<string, JobRow>;
  activities: ActivityRow[];
  notifications: NotificationRow[];
  subscriptions: Record<string, SubscriptionRow>;
  /** Sites by the ids of the sessions their Administrator has. */
  sessions: Record<string, string>;
  /** Hashes of the Administrator passwords that were set on the sites themselves. */
  passwords: Record<string, string>;
  dns: Record<string, DnsRecords>;
  rateWindows: Record<string, { since: Micros; count: number }>;
  tasks: Task[];
  taskSeq: number;
  jobSeq: number;
  callSeq: number;
  calls: CallRecord[];
  effects: EffectRecord[];
  rules: RuleEntry<FaultRule>[];
}
