import type { Row, TagRow } from './model.js';

export interface PlanRow extends Row {
  title: string;
  priceUsd: number;
  priceInr: number;
  cpuPerDay: number;
  maxDatabaseMb: number;
  maxStorageMb: number;
  dedicated: boolean;
  privateBench: boolean;
  support: boolean;
  clusters: string[];
  allowedApps: string[];
}

export interface AppRow {
  app: string;
  title: string;
  repositoryOwner: string;
  description: string;
  /** False for an app somebody brought along: no look-up offers it to others. */
  marketplace: boolean;
  /** Price list of a paid marketplace app; empty for free ones. */
  plans: AppPlan[];
}

export interface AppPlan {
  name: string;
  title: string;
  priceUsd: number;
  priceInr: number;
  features: string[];
}

export interface GroupRow extends Row {
  title: string;
  version: string;
  team: string;
  public: boolean;
  default: boolean;
  enabled: boolean;
  apps: string[];
  /** The App Source of each of its apps. */
  sources: Record<string, string>;
  /** Where its benches go, one per server. */
  servers: string[];
  tags: TagRow[];
}

export type BenchStatus = 'Pending' | 'Installing' | 'Updating' | 'Active' | 'Broken' | 'Archived';

export interface BenchRow extends Row {
  group: string;
  /** The Deploy Candidate whose image it runs. */
  candidate: string;
  team: string;
  server: string;
  cluster: string;
  status: BenchStatus;
  apps: string[];
  /** Lists then show its sites with the pseudo status "Update Available" (A 2.3). */
  updateAvailable: boolean;
  /** Whether the proxy knows it, which takes a job of its own after it came up. */
  sshProxy: boolean;
}
