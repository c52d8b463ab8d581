/** The smallest description of JSON: what travels in fault rules, bodies and the state file. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** How long things take, in virtual milliseconds. Defaults: {@link DEFAULT_TIMINGS}. */
export interface Timings {
  /** From the commit of a request until the server agent has accepted the job. */
  delivery: number;
  /** How long an accepted job waits in the agent's queue. */
  queue: number;
  /** Cadence at which Press asks agents for news (A 4.3: 5 s). */
  pollTick: number;
  /** Retry budget of an undeliverable job (A 4.3: about 8 h with six attempts). */
  deliveryGiveUp: number;
  /** Age at which the hourly sweep ends unfinished jobs (A 4.3: 2 days). */
  reaper: number;
  /** From `add_domain` until the certificate is there (C 5.8: allow 10-15 min). */
  certificate: number;
  /** Length of one job step by step name; a step not named takes {@link Timings.step}. */
  steps: Record<string, number>;
  step: number;
  /** Random part of every duration: 0.2 means 20 % up or down. */
  jitter: number;
}

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

/** Which calls a rule applies to. All given conditions must hold. */
export interface CallMatch {
  /** Dotted method (`press.api.site.new`) or a regular expression between slashes (`/client\.get/`). */
  method: string;
  /** Values that must be found in the body, by dotted path: `{ "site.name": "acme" }`. */
  body?: Record<string, Json>;
  team?: string;
}

export type CallFault =
  /** The connection is closed; nothing happened. */
  | { kind: 'lose_request' }
  /** The effect is committed; the connection is closed instead of answering. */
  | { kind: 'lose_answer' }
  /** No answer ever, until the caller hangs up. `effect` (default true): whether it is executed. */
  | { kind: 'hang'; effect?: boolean }
  /**
   * The request is only *started* after `seconds`, whether or not the caller is still there;
   * other calls do not wait for it (observed-2 1.3). `after: 'disconnect'` counts from the moment
   * the caller hangs up.
   */
  | { kind: 'late'; seconds: number; after?: 'receipt' | 'disconnect' }
  /** Executed at once, answered after `seconds`. */
  | { kind: 'delay'; seconds: number }
  /** The front end answers with its HTML page. `effect` (default 'before'): does the call land? */
  | { kind: 'gateway_error'; status: 502 | 503 | 504; effect?: 'before' | 'none' }
  /** Press itself answers with an error; rolled back. Default status 500. */
  | { kind: 'exception'; excType: string; message?: string; status?: number }
  /** 429; with `retryAfter` the site-wide limiter, without it the per-endpoint one (A 6). */
  | { kind: 'rate_limited'; retryAfter?: number }
  /** 200 with an HTML page. `effect` default false. */
  | { kind: 'html_page'; effect?: boolean }
  /** The right answer, dripped over `seconds`. */
  | { kind: 'slow_body'; seconds: number }
  /** The effect is committed, the answer is `body` (default: a list where an object was due). */
  | { kind: 'wrong_shape'; body?: Json }
  /** The same request is executed twice; the second answer is given. */
  | { kind: 'duplicate' };

/** Which jobs a rule applies to. */
export interface JobMatch {
  jobType?: string;
  site?: string;
}

export type JobFault =
  /** `step`: its name, or its position from 0. */
  | { kind: 'fail_step'; step: string | number; output?: string }
  /** The agent refuses the request: Failure within a second, all steps stay Pending (observed C5). */
  | { kind: 'agent_refuses'; status?: number }
  /** Never delivered; Delivery Failure after `afterSeconds` (default: the usual retry budget). */
  | { kind: 'delivery_failure'; afterSeconds?: number }
  /** Delivered only after `seconds`. */
  | { kind: 'undelivered'; seconds: number }
  /** Runs until the two-day sweep ends it; `step` is the one that never finishes (default first). */
  | { kind: 'hang'; step?: string | number }
  /** All durations times `factor`. */
  | { kind: 'slow'; factor: number };

interface RuleTiming {
  id?: string;
  /** First matching call or job it applies to, from 1. Default 1. */
  nth?: number;
  /** How many it applies to from there. Default 1. */
  times?: number | 'always';
}

/** One scripted fault: plain JSON, so that it can be sent to `POST /_sim/faults`. */
export type FaultRule = RuleTiming &
  ({ call: CallMatch; fault: CallFault } | { job: JobMatch; fault: JobFault });

export interface CallRecord {
  seq: number;
  /** Virtual time, ISO 8601. */
  at: string;
  verb: string;
  /** Dotted method; for `run_doc_method` {@link CallRecord.action} tells the rest. */
  method: string;
  /** `Site.archive` for document methods, else null. */
  action: string | null;
  /** The body with secrets and configuration values removed. */
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
  /** `site.create`, `site.archive`, `config.update`, `domain.add`, `app_plan.change` … */
  effect: string;
  target: string;
  /** The call that caused it. */
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

export interface Estate {
  now: string;
  sites: EstateSite[];
  groups: {
    name: string;
    title: string;
    version: string;
    team: string;
    public: boolean;
    enabled: boolean;
  }[];
  benches: { name: string; group: string; server: string; cluster: string; status: string }[];
  jobs: {
    name: string;
    jobType: string;
    status: string;
    site: string | null;
    bench: string | null;
    steps: { name: string; status: string }[];
  }[];
  domains: { domain: string; site: string; status: string }[];
  subscriptions: {
    name: string;
    site: string;
    app: string | null;
    plan: string;
    enabled: boolean;
  }[];
}

export interface EstateSite {
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
  close(): Promise<void>;
}
