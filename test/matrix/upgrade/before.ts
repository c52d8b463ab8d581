import { eventually, onJob, siteIn } from '../../integration/provision/support.js';
import { BACK, failsAt, THERE } from '../../integration/upgrade/support.js';
import { did, isIn } from '../provision/common.js';
import type { Scene } from '../row.js';
import { cancelledInBackup, withMove, withSite } from './common.js';
import { AS_BEFORE, DONE, row, SHARED, UNTOUCHED, type UpgradeRow } from './rows.js';

const REFUSED = { ...UNTOUCHED, outcome: 'refused' } as const;

/** Somebody's upgrade of the site has ended fatally. */
async function fatalBefore({ harness, site }: Scene): Promise<void> {
  harness.simulator.addFault(failsAt(site, THERE, 'Migrate Site'));
  harness.simulator.addFault(failsAt(site, BACK, 'Restore Touched Tables'));
  const asked = { name: site, destination_group: null };
  await harness.press('main', 'press.api.site.version_upgrade', asked);
  await eventually(() => siteIn(harness, site)?.status === 'Broken');
  await eventually(() => siteIn(harness, site)?.fatalUpdate !== null);
}

/** A site with an app whose next release is not out. */
const withHrms = { group: 'bench-0002', version: 'Version 14', apps: ['frappe', 'hrms'] };

/** What ends an upgrade before anything is done to the site. */
export const beforeRows: readonly UpgradeRow[] = [
  {
    path: SHARED,
    step: 'preflight',
    accident: 'there is no such site',
    expect: { ...REFUSED, left: 'no site', says: /there is no site/ },
  },
  {
    path: SHARED,
    step: 'preflight',
    accident: 'nothing comes after its version',
    before: withSite({ group: 'bench-0003', version: 'Version 16' }),
    expect: {
      ...REFUSED,
      left: 'the site, Active, Version 16, its old bench',
      says: /no public bench of Version 17/,
    },
  },
  {
    path: SHARED,
    step: 'preflight',
    accident: 'an app has no release for the next version',
    world: 'an app is late',
    before: withSite(withHrms, ({ harness }) =>
      harness.simulator.setSource('SRC-hrms-15', { public: false }),
    ),
    expect: { ...REFUSED, says: /no release for Version 15: Frappe HR/ },
  },
  row({
    step: 'preflight',
    accident: 'it is on the version that is asked for',
    input: () => ({ version: 'Version 14' }),
    expect: { ...REFUSED, says: /on Version 14 already/ },
  }),
  row({
    step: 'preflight',
    accident: 'a version is to be skipped',
    input: () => ({ version: 'Version 16' }),
    expect: { ...REFUSED, says: /from Version 14 to Version 15, not to Version 16/ },
  }),
  row({
    step: 'preflight',
    accident: 'a group is named for a site on a public bench',
    input: () => ({ group: 'bench-0001' }),
    expect: { ...REFUSED, says: /Press ignores a group/ },
  }),
  row({
    step: 'preflight',
    accident: 'an earlier update has ended fatally',
    before: fatalBefore,
    expect: {
      ...REFUSED,
      left: 'the site, Broken, Version 14, its old bench, in maintenance, marked as fatal',
      says: /ended fatally: restore it first/,
    },
  }),
  row({
    step: 'preflight',
    accident: 'a move of the site is planned',
    faults: ({ site }) => [withMove(site)],
    expect: { ...REFUSED, says: /Move Site.*cancel it first/ },
  }),
  row({
    step: 'preflight',
    accident: 'the site is Inactive and has no copy, and nobody is asked who could acknowledge it',
    before: async ({ harness, site }) => {
      const call = { dt: 'Site', dn: site, method: 'deactivate', args: {} };
      await harness.press('main', 'press.api.client.run_doc_method', call);
    },
    expect: {
      ...REFUSED,
      left: 'the site, Inactive, Version 14, its old bench, in maintenance',
      says: /acknowledge no-safety-copy-at-all/,
    },
  }),
  row({
    step: 'preflight',
    accident: 'policy freezes all work',
    world: 'a freeze',
    expect: { ...REFUSED, says: /freezes all work until 2099.*year end/ },
  }),
  row({
    step: 'preflight',
    accident: 'it is to go without a copy, and policy never allows that',
    world: 'a strict policy',
    input: () => ({ safetyCopy: 'skip' }),
    expect: { ...REFUSED, says: /safetyCopy.bypass/ },
  }),
  row({
    step: 'preflight',
    accident: 'patches that fail are to be left out, and policy denies it',
    world: 'a strict policy',
    input: () => ({ skipFailingPatches: true }),
    expect: { ...REFUSED, says: /patches.skipFailing/ },
  }),
  row({
    step: 'approval',
    accident: 'approved',
    world: 'somebody approves',
    acts: [{ do: 'approve', when: isIn('waiting_approval') }],
    expect: { ...DONE, ledger: ['says: approve', ...DONE.ledger] },
  }),
  row({
    step: 'approval',
    accident: 'rejected',
    world: 'somebody approves',
    acts: [{ do: 'reject', when: isIn('waiting_approval') }],
    expect: { ...UNTOUCHED, outcome: 'rejected', ledger: ['says: reject'] },
  }),
  row({
    step: 'approval',
    accident: 'nobody decides in time',
    world: 'approvals that expire',
    expect: { ...UNTOUCHED, outcome: 'expired' },
  }),
  row(cancelledInBackup(AS_BEFORE)),
  row({
    step: 'safety copy',
    accident: 'the backup fails twice: roll_back',
    faults: ({ site }) => [{ ...failsAt(site, 'Backup Site', 0), times: 2 }],
    asks: [{ problem: 'StepFailed', says: 'roll_back' }],
    expect: {
      outcome: 'rolled_back',
      effects: ['backup.create', 'backup.create'],
      left: AS_BEFORE,
      ledger: ['backup sent', 'attention: StepFailed', 'says: roll_back'],
    },
  }),
  row({
    step: 'safety copy',
    accident: 'the backup fails once: another one is made',
    faults: ({ site }) => [failsAt(site, 'Backup Site', 0)],
    expect: { ...DONE, effects: ['backup.create', ...DONE.effects] },
  }),
  row({
    step: 'safety copy',
    accident: 'held before the upgrade, and resumed',
    faults: ({ site }) => [onJob(site, 'Backup Site', { kind: 'slow', factor: 5 })],
    acts: [{ do: 'hold', when: did('backup.create') }],
    expect: DONE,
  }),
];
