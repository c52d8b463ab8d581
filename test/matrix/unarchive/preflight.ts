import { makeSite } from '../../integration/provision/support.js';
import { NOTHING, type UnarchiveRow } from './common.js';

const PREFLIGHT = { path: 'Before anything is sent', step: 'preflight' } as const;

/** What stands in the way. */
export const preflightRows: readonly UnarchiveRow[] = [
  {
    ...PREFLIGHT,
    accident: 'there never was such a site',
    input: () => ({ site: 'nobody.frappe.cloud' }),
    expect: { ...NOTHING, outcome: 'refused', says: /Press knows of no archived/ },
  },
  {
    ...PREFLIGHT,
    accident: 'the vault has lost the copy, and Press has no backup',
    async before({ harness, site }) {
      const { vault } = harness.deps;
      for await (const { handle } of vault.list({ site })) await vault.remove(handle);
    },
    expect: { ...NOTHING, outcome: 'refused', says: /no copy of it in the vault/ },
  },
  {
    ...PREFLIGHT,
    accident: 'another team has taken the name',
    before: ({ harness, subdomain }) => makeSite(harness, 'other', subdomain),
    expect: {
      ...NOTHING,
      outcome: 'refused',
      left: 'the site of another team, Active',
      says: /taken by another team/,
    },
  },
  {
    ...PREFLIGHT,
    accident: 'the plan is not offered any more',
    input: () => ({ plan: 'USD 3' }),
    expect: { ...NOTHING, outcome: 'refused', says: /is not a plan of this account/ },
  },
  {
    ...PREFLIGHT,
    accident: 'the group runs an older version than the copy',
    input: () => ({ group: 'bench-0002' }),
    expect: { ...NOTHING, outcome: 'refused', says: /the copy is of Version 15, the group runs/ },
  },
];
