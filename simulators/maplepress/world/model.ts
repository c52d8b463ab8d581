import type { Task } from '../../shared/agenda.js';
import type { RuleEntry } from '../../shared/rules.js';
import type { Micros } from '../../shared/time.js';
import type { FaultRule } from '../fault-types.js';
import type { CallRecord, EffectRecord, TenantLogin } from '../types.js';

export interface SiteRow {
  id: string;
  tenantId: string;
  domain: string;
  siteUrl: string;
  apiKey: string;
  /** 1, and one more with every rotation. */
  keyNumber: number;
  verificationToken: string;
  verified: boolean;
  createdAt: Micros;
  updatedAt: Micros;
  pluginVersion: string;
  pagesIndexed: number;
  monthlyPages: number;
  storageBytes: number;
  searches: number;
  lastIndexedAt: Micros | null;
  lastResetAt: Micros;
  /** What an answer has shown; null: its owner has never seen it. */
  shown: { apiKey: string | null; verificationToken: string | null };
  /** The key that the plugin has, valid or not; null: not connected yet. */
  pluginKey: string | null;
  quiet: boolean;
}

/** Everything there is; plain data, so that it can be saved. */
export interface WorldState {
  format: number;
  now: Micros;
  random: number;
  /** Tokens of older ones are refused. */
  tokenGeneration: number;
  logins: TenantLogin[];
  /** By id. */
  sites: Record<string, SiteRow>;
  tasks: Task[];
  taskSeq: number;
  rules: RuleEntry<FaultRule>[];
  calls: CallRecord[];
  callSeq: number;
  effects: EffectRecord[];
}
