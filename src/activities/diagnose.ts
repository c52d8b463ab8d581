import { PressError, checkAccount } from '../frappe-cloud/index.js';
import type { ActivityDeps } from './deps.js';
import { checkTenant, type TenantDiagnosis } from './maplepress/check-tenant.js';

/** One account as the worker sees it: only the worker holds its key (D 7). */
export interface AccountDiagnosis {
  readonly name: string;
  readonly ok: boolean;
  readonly expectedTeam: string;
  readonly team: string | null;
  readonly user: string | null;
  /** What is wrong and what to do. */
  readonly reason: string | null;
}

/** What only a worker can tell about an installation. */
export interface Diagnosis {
  readonly accounts: readonly AccountDiagnosis[];
  /** Of MaplePress. */
  readonly tenants: readonly TenantDiagnosis[];
  readonly ledger: {
    readonly dialect: string;
    readonly schemaVersion: number;
    readonly operations: number;
    readonly open: number;
  };
  readonly policyVersion: string;
  /** Public key to seal secrets to, as a JWK (D 7). */
  readonly sealTo: Readonly<Record<string, unknown>>;
}

/** For a provider that does not answer: somebody waits for all of this. */
const LIMIT_MS = 3_000;

/** Looks at everything a worker depends on; never fails because of what it finds. */
export function createDiagnoseActivities(deps: ActivityDeps) {
  const { accounts, tenants, ledger, policy, sealTo } = deps;
  return {
    async diagnose(): Promise<Diagnosis> {
      const checks = accounts.all().map(async (account): Promise<AccountDiagnosis> => {
        const { name, team: expectedTeam } = account;
        try {
          const { ok, team, user, reason } = await checkAccount(account, { timeoutMs: LIMIT_MS });
          return { name, ok, expectedTeam, team, user, reason: reason ?? null };
        } catch (error) {
          if (!(error instanceof PressError)) throw error;
          const reason = `${error.code}: ${error.message}`;
          return { name, ok: false, expectedTeam, team: null, user: null, reason };
        }
      });
      const tenantChecks = tenants.all().map(checkTenant);
      return {
        accounts: await Promise.all(checks),
        tenants: await Promise.all(tenantChecks),
        ledger: await ledger.health(),
        policyVersion: policy.version,
        sealTo,
      };
    },
  };
}
