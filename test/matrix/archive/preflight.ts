import { onJob } from '../../integration/provision/support.js';
import { actOn } from '../../integration/safety-copy/support.js';
import { type ArchiveRow, UNTOUCHED } from './common.js';

const PREFLIGHT = { path: 'Before anything is sent', step: 'preflight' } as const;

/** What stands in the way. */
export const preflightRows: readonly ArchiveRow[] = [
  {
    ...PREFLIGHT,
    accident: 'the site is not ours',
    input: () => ({ site: 'nobody.frappe.cloud' }),
    expect: { ...UNTOUCHED, outcome: 'refused', says: /no site of this team/ },
  },
  {
    ...PREFLIGHT,
    accident: 'Press acts as another team',
    input: () => ({ account: 'wrong-team' }),
    expect: { ...UNTOUCHED, outcome: 'refused', says: /Press acts as team/ },
  },
  {
    ...PREFLIGHT,
    accident: 'policy allows nothing',
    world: 'a policy that allows nothing',
    expect: { ...UNTOUCHED, outcome: 'refused', says: /no policy rule/ },
  },
  {
    ...PREFLIGHT,
    accident: 'an update of the site is scheduled',
    world: 'an update is out',
    before: async ({ harness, site }) => {
      harness.simulator.releaseUpdate('bench-0001');
      await actOn(harness, site, 'schedule_update', {
        skip_failing_patches: false,
        skip_backups: false,
        scheduled_time: '2099-01-01 00:00:00',
      });
    },
    expect: { ...UNTOUCHED, outcome: 'refused', says: /is scheduled for .*: cancel it first/ },
  },
  {
    ...PREFLIGHT,
    accident: 'something is being done to the site',
    before: async ({ harness, site }) => {
      harness.simulator.addFault(
        onJob(site, 'Migrate Site', { kind: 'undelivered', seconds: 100_000 }),
      );
      await actOn(harness, site, 'migrate', { skip_failing_patches: false });
    },
    expect: {
      ...UNTOUCHED,
      outcome: 'refused',
      says: /something is being done/,
      left: 'the site, Pending',
    },
  },
  {
    ...PREFLIGHT,
    accident: 'no copy is wanted, and policy forbids that',
    world: 'a copy always',
    input: () => ({ safetyCopy: 'skip' }),
    expect: { ...UNTOUCHED, outcome: 'refused', says: /without a safety copy/ },
  },
];
