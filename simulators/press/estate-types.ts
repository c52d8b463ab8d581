/** The whole remote estate, including what the API would not show. */
export interface Estate {
  now: string;
  sites: EstateSite[];
  servers: { name: string; team: string; cluster: string; public: boolean }[];
  groups: EstateGroup[];
  /** Site Group Deploys. */
  orders: {
    name: string;
    subdomain: string;
    status: string;
    group: string;
    bench: string | null;
    site: string | null;
  }[];
  /** Deploy Candidate Builds. */
  builds: {
    name: string;
    group: string;
    candidate: string;
    status: string;
    retryCount: number;
  }[];
  /** Release Pipelines. */
  pipelines: { name: string; group: string; status: string; candidate: string | null }[];
  /** The New Bench Queue. */
  queue: { name: string; group: string; server: string; status: string }[];
  benches: { name: string; group: string; server: string; cluster: string; status: string }[];
  jobs: {
    name: string;
    jobType: string;
    status: string;
    site: string | null;
    bench: string | null;
    steps: { name: string; status: string }[];
  }[];
  domains: { domain: string; site: string; status: string; redirects: boolean }[];
  backups: EstateBackup[];
  /** Site Updates. */
  updates: EstateUpdate[];
  /** Version Upgrades, which no API shows. */
  upgrades: {
    name: string;
    site: string;
    status: string;
    destinationGroup: string;
    /** Virtual time, ISO 8601. */
    scheduledTime: string | null;
    /** Whether it waits for a bench that is built for it. */
    deploysBench: boolean;
    update: string | null;
  }[];
  /** Site Actions. */
  actions: { name: string; site: string; status: string; group: string; server: string }[];
  /** Requests to give a site to another team, and the keys that were mailed. */
  transfers: { site: string; from: string; to: string; key: string; done: boolean }[];
  /** Keys of the object storage: uploads and files of offsite backups. */
  objects: { key: string; size: number; mark: string }[];
  subscriptions: {
    name: string;
    site: string;
    team: string;
    app: string | null;
    plan: string;
    enabled: boolean;
  }[];
}

interface EstateGroup {
  name: string;
  title: string;
  version: string;
  team: string;
  public: boolean;
  enabled: boolean;
  /** As the API computes it: Disabled, Deploying, Awaiting Deploy, Active. */
  status: string;
  apps: string[];
  /** App Sources by app. */
  sources: Record<string, string>;
  tags: string[];
}

interface EstateBackup {
  name: string;
  site: string;
  status: string;
  owner: string;
  offsite: boolean;
  withFiles: boolean;
  filesAvailability: string;
  job: string | null;
  /** By kind: what each file holds, and its Remote File. */
  files: Record<string, { fileName: string; size: number; mark: string; remote: string | null }>;
}

interface EstateUpdate {
  name: string;
  site: string;
  status: string;
  sourceBench: string;
  destinationBench: string;
  /** Virtual time, ISO 8601. */
  scheduledTime: string | null;
  skipBackups: boolean;
  updateJob: string | null;
  recoverJob: string | null;
}

interface EstateSite {
  name: string;
  status: string;
  team: string;
  group: string;
  bench: string;
  plan: string;
  apps: string[];
  hostName: string | null;
  config: Record<string, string>;
  tags: string[];
  creationFailed: boolean;
  archiveFailed: boolean;
  /** The Site Update whose recovery failed. */
  fatalUpdate: string | null;
  /** Marks of the data on its server; null where nothing usable is left. */
  data: Record<'database' | 'public' | 'private', string | null>;
  /** The bench its directory really lies on; null once it was dropped. */
  directory: string | null;
  /** Whether its data are of no version: a migration broke off. */
  halfMigrated: boolean;
  /** Whether the site's own configuration says maintenance mode. */
  maintenance: boolean;
}
