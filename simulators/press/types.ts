import type { Json } from '../shared/json.js';
import type { Estate } from './estate-types.js';
import type { FaultRule } from './fault-types.js';
import type { Timings } from './timing-types.js';

/** The smallest description of JSON: what travels in fault rules, bodies and the state file. */
export type { Json } from '../shared/json.js';

export interface PressSimulatorOptions {
  /** Default: any free port on 127.0.0.1. */
  port?: number;
  /** Virtual seconds per real second; 1 is real time, 0 stands still until `advance`. */
  speed?: number;
  /** Same seed, same calls, same clock: same names and durations. */
  seed?: number;
  startAt?: Date;
  /** The world is loaded from here at start and saved here, so that a restarted stack goes on. */
  stateFile?: string;
  timings?: Partial<Timings>;
  /** Offset of the naive datetimes from UTC (A 1.5); default +05:30 as observed. */
  utcOffsetMinutes?: number;
}

export interface Account {
  apiKey: string;
  apiSecret: string;
  team: string;
  user: string;
}

export interface CallRecord {
  seq: number;
  /** Virtual time, ISO 8601. */
  at: string;
  verb: string;
  /** Dotted method, or the path of a site's own API; for `run_doc_method` {@link CallRecord.action} tells the rest. */
  method: string;
  /** `Site.archive` for document methods, else null. */
  action: string | null;
  /** The body with secrets and configuration values removed; `site`: the one that was asked itself. */
  args: Json;
  team: string | null;
  /** HTTP status sent, or null when nothing was. */
  status: number | null;
  answered: boolean;
  /** Whether a change of the world was committed. */
  committed: boolean;
  /** Kind of the fault that applied, if any. */
  fault: string | null;
}

export interface EffectRecord {
  seq: number;
  at: string;
  /** `site.create`, `sgd.create`, `group.delete`, `bench.archive`, `domain.add`, `site.login`, `site.password` … */
  effect: string;
  target: string;
  /** The call that caused it; 0 when the server did it later by itself, e.g. for an order. */
  callSeq: number;
  /** The same remote mutation has the same key: count keys to find duplicates. */
  key: string;
}

/** DNS and web answers for one name, as the checks of C 5.5 see them. */
export interface DnsRecords {
  CNAME?: string[];
  A?: string[];
  AAAA?: string[];
  /** Whether a CAA record forbids the certificate authority. */
  caaForbids?: boolean;
  /** `Server` header of a proxy in front, e.g. `cloudflare`. */
  proxiedBy?: string;
  /** Whether `HEAD http://domain` answers; default true. */
  reachable?: boolean;
  /** Whether a certificate can be obtained; default true. */
  certificate?: boolean;
}

/** What a backup of Press's own takes along (B 1.5). */
export interface BackupOptions {
  /** Its files are registered in the object storage, which no call can ask for. Default false. */
  offsite?: boolean;
  /** Default: as `offsite`. */
  withFiles?: boolean;
}

/** A published App Release, as a deploy names it. */
export interface AppCommit {
  app: string;
  source: string;
  release: string;
  hash: string;
}

/** Of a shared server; what is not named stays. */
export interface ServerSettings {
  /** Needed for a server that is not there yet. */
  cluster?: string;
  /** Whether the platform chooses it for new benches; default true. */
  forNewBenches?: boolean;
}

/** Sites `<prefix>-001`, `<prefix>-002`, ... */
export interface StandingSites {
  count: number;
  prefix: string;
  /** Name of a group with an Active bench. */
  group: string;
  plan: string;
  /** Default: that of `accounts.main`. */
  team?: string;
}

/** What is not named stays. */
export interface SourceSwitches {
  enabled?: boolean;
  public?: boolean;
  /** Names of Frappe Versions. */
  versions?: string[];
}

/** In bytes; what is not named stays. */
export interface FileSizes {
  database?: number;
  public?: number;
  private?: number;
}

/** A bill of a past month. */
export interface InvoiceSettings {
  /** In rupees. */
  amount: number;
  /** Default Unpaid. */
  status?: 'Unpaid' | 'Paid';
  /** Default 1, the last month. */
  monthsAgo?: number;
}

export interface PressSimulator {
  readonly url: string;
  readonly port: number;
  /** Ready-made credentials: main (prepaid, ok), other (second team), nopay (no payment method). */
  readonly accounts: Readonly<Record<'main' | 'other' | 'nopay', Account>>;
  /** Default root domain. */
  readonly domain: string;
  readonly clock: { now(): Date; advance(ms: number): void; setSpeed(factor: number): void };
  /** @returns the rule's id. */
  addFault(rule: FaultRule): string;
  clearFaults(): void;
  calls(): readonly CallRecord[];
  effects(): readonly EffectRecord[];
  estate(): Estate;
  setDns(domain: string, records: DnsRecords): void;
  /** An unresponsive site fails probes, and Press's own ping on `activate`. */
  setResponsive(site: string, responsive: boolean): void;
  /** As Frappe's support mends a site by hand: Active, served, without a mark of what has failed. */
  repair(site: string): void;
  /** As Press takes a site off whose disk is full, or whose bills are not paid. */
  suspend(site: string): void;
  /** Sites that have stood for long: Active, without jobs and past. @returns their names. */
  addSites(sites: StandingSites): string[];
  /** Press gives up watching a site, as it does with one that was away for long, or watches it again. */
  setMonitored(site: string, monitored: boolean): void;
  setTeam(
    team: string,
    switches: { enabled?: boolean; payment?: boolean; members?: string[] },
  ): void;
  /** A newer Active bench with newer releases, on each server of a group. @returns their names. */
  releaseUpdate(group: string): string[];
  /** An update as Press's own round begins it (C 2.1). @returns its name. */
  updateByPress(site: string): string;
  /** New commits of apps of a group, by default of all: there is something to deploy then. */
  publishReleases(group: string, apps?: readonly string[]): AppCommit[];
  /** Withdraws a release: who chooses it is refused. */
  yankRelease(release: string): void;
  /** Switches of an App Source: a version without an enabled public one is closed to its app. */
  setSource(source: string, switches: SourceSwitches): void;
  /** The branches of `owner/repository` on GitHub, each with the versions it is good for. */
  setBranches(repository: string, branches: Record<string, string[]>): void;
  /** Whether `deploy_and_update` answers a pipeline (the default) or a build (C 3.3). */
  setPipelines(used: boolean): void;
  /** A backup as Press's own scheduler takes it. @returns its name. */
  backUp(site: string, options?: BackupOptions): string;
  /** Somebody works on the site: its database is another one now. @returns the new mark. */
  changeData(site: string): string;
  /** Sizes of the files of the next backup; files of any size cost no memory. */
  setFileSizes(site: string, sizes: FileSizes): void;
  /** One more shared server, or another setting of one. */
  putServer(name: string, settings: ServerSettings): void;
  /** Free space in bytes of a dedicated server and its database server; public ones grow. */
  setFreeSpace(server: string, bytes: number): void;
  /** False: Press cannot reach the object storage (observed-2 5). */
  setStorageReachable(reachable: boolean): void;
  /** Lists then show the bench's sites with the pseudo status "Update Available" (A 2.3). */
  setUpdateAvailable(bench: string, available: boolean): void;
  /** A bill of a past month, unpaid unless said otherwise. @returns its name. */
  addInvoice(team: string, settings: InvoiceSettings): string;
  /** A person follows the newest link that was mailed for a site. @returns its new team. */
  confirmTransfer(site: string): string;
  /** Back to the world of the seed, with an empty log. */
  reset(): void;
  close(): Promise<void>;
}
