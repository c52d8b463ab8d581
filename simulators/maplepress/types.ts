import type { Json } from '../shared/json.js';
import type { FaultRule } from './fault-types.js';

export interface MaplePressSimulatorOptions {
  /** Default: any free port on 127.0.0.1. */
  port?: number;
  /** Virtual seconds per real second; 1 is real time, 0 stands still until `advance`. */
  speed?: number;
  /** Default: now. */
  startAt?: Date;
  /** Same seed, same calls at the same virtual times: same ids, keys and numbers. Default 1. */
  seed?: number;
  timings?: Partial<Timings>;
  /** A restarted simulator goes on from this file. */
  stateFile?: string;
}

/** Virtual durations in ms. */
export interface Timings {
  /** Life of an access token. Default 15 min. */
  tokenLifetime: number;
  /**
   * How long after an answer showed a key the owner of the site enters it in the plugin, which then
   * shows itself to MaplePress; a key in a lost answer is never entered. Null: only by control. Default
   * 10 min.
   */
  pluginConnects: number | null;
  /** How often the plugin of a site that is not quiet indexes pages. Null: never. Default 1 h. */
  indexing: number | null;
}

/** A login and the tenant it belongs to. */
export interface TenantLogin {
  tenantId: string;
  email: string;
  password: string;
}

export interface CallRecord {
  seq: number;
  at: string;
  /** Method and path without ids, such as `DELETE /api/v1/sites/{id}`. */
  endpoint: string;
  path: string;
  /** Query and body; passwords and keys are `•••`. */
  args: Json;
  tenant: string | null;
  status: number | null;
  answered: boolean;
  /** Whether it changed the world. */
  committed: boolean;
  fault: string | null;
}

/** A committed change, once per time it happened. */
export interface EffectRecord {
  seq: number;
  at: string;
  /** `site.create:example.com`, `key.rotate:example.com`, `site.delete:example.com`. */
  key: string;
  callSeq: number;
}

/** The world as a person may see it: of keys only their ends. */
export interface Estate {
  sites: EstateSite[];
}

export interface EstateSite {
  id: string;
  tenantId: string;
  domain: string;
  status: 'pending' | 'active';
  keyLastFour: string;
  /** 1, and one more with every rotation. */
  keyNumber: number;
  /** Whether the plugin has the key that is valid. */
  pluginWorks: boolean;
  quiet: boolean;
  searchRequests: number;
  lastIndexedAt: string | null;
}

/** What a site's plugin sends with a request of its own. */
export interface PluginRequest {
  apiKey: string;
  /** Shown by the first request: it verifies the site. */
  verificationToken?: string;
  /** Pages it has indexed. Default 0. */
  pages?: number;
  /** Bytes these pages take. Default 32 KB each. */
  bytes?: number;
  /** Searches of visitors. Default 1. */
  searches?: number;
}

export interface MaplePressSimulator {
  url: string;
  port: number;
  /** `main`; `other`, to whom no site of `main` can be seen. */
  tenants: { main: TenantLogin; other: TenantLogin };
  clock: { now: () => Date; advance: (ms: number) => void; setSpeed: (factor: number) => void };
  addFault: (rule: FaultRule) => string;
  clearFaults: () => void;
  calls: () => readonly CallRecord[];
  effects: () => readonly EffectRecord[];
  estate: () => Estate;
  /** A request of a plugin. Refused unless its key is the one that is valid now. */
  pluginRequest: (request: PluginRequest) => { accepted: boolean; site: string | null };
  /** The owner enters in the plugin, now, what answers have shown. @param site its id or domain */
  connectPlugin: (site: string) => void;
  /** A quiet site's plugin works, and nobody searches or writes. @param site its id or domain */
  setQuiet: (site: string, quiet: boolean) => void;
  /** All tokens are refused from now on, as when MaplePress changes its signing key. */
  revokeTokens: () => void;
  /** So many more sites of `main`, in no particular order. */
  addSites: (count: number) => void;
  /** Back to the world of the seed; log, rules and effects are emptied too. */
  reset: () => void;
  close: () => Promise<void>;
}
