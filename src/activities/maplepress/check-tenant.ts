import { listSites, MaplePressError, type Tenant } from '../../maplepress/index.js';

/** One MaplePress tenant as the worker sees it: only the worker holds its login (D 7). */
export interface TenantDiagnosis {
  readonly name: string;
  readonly ok: boolean;
  /** What is wrong; null when nothing is. */
  readonly reason: string | null;
}

/** For the login and a list of one site together: somebody waits for the answer. */
const LIMIT_MS = 3_000;

/** Whether a tenant answers and takes the login; never fails because of what it finds. */
export async function checkTenant({ name, maplePress }: Tenant): Promise<TenantDiagnosis> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  try {
    await listSites(maplePress, { pageSize: 1 }, { signal });
    return { name, ok: true, reason: null };
  } catch (error) {
    if (!(error instanceof MaplePressError)) throw error;
    const late = `TIMEOUT: no answer within ${LIMIT_MS / 1_000} s`;
    return { name, ok: false, reason: signal.aborted ? late : `${error.code}: ${error.message}` };
  }
}
