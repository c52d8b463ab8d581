import type { Diagnosis } from '../../activities/diagnose.js';
import type { Finding } from './finding.js';

/** The MaplePress tenants as a worker sees them; an installation need not have any. */
export function tenantFindings({ tenants }: Pick<Diagnosis, 'tenants'>): readonly Finding[] {
  return tenants.map(({ name, ok, reason }): Finding => {
    if (ok) {
      return { what: 'tenant', result: 'ok', message: `MaplePress tenant ${name}: login accepted` };
    }
    return {
      what: 'tenant',
      result: 'bad',
      message: `MaplePress tenant ${name}: ${reason ?? 'cannot be read'}`,
      hint: `look at MAPLEPRESS_${name.toUpperCase()}_URL, _EMAIL and _PASSWORD of the worker`,
    };
  });
}
