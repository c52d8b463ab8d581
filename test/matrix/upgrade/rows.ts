import type { CallFault, FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { UpgradeSiteInput } from '../../../src/client.js';
import { onJob } from '../../integration/provision/support.js';
import { BACK, BACK_ON, failsAt, THERE } from '../../integration/upgrade/support.js';
import type { Names, Row } from '../row.js';
import type { Call } from '../sending.js';
import { COPIED, type Told, withSite } from './common.js';

export type UpgradeRow = Row<UpgradeSiteInput>;

export const SHARED = 'On shared benches';
const V14 = { group: 'bench-0002', version: 'Version 14' };

/** A row about a site on a shared bench of Version 14. */
export const row = ({ before, path = SHARED, ...told }: Told<UpgradeSiteInput>): UpgradeRow => ({
  ...told,
  path,
  before: withSite(V14, before),
});

export const SENT = [...COPIED, 'update.create', 'upgrade.create'] as const;

/** On the next version. */
export const DONE = {
  outcome: 'succeeded',
  effects: SENT,
  left: 'the site, Active, Version 15, a new bench',
  ledger: ['backup sent', 'upgrade sent'],
} as const;

/** Where it was, with nothing lost. */
export const AS_BEFORE = 'the site, Active, Version 14, its old bench';
export const BACK_AGAIN = { ...DONE, outcome: 'rolled_back', left: AS_BEFORE } as const;
export const UNTOUCHED = { effects: [], left: AS_BEFORE, ledger: [] } as const;

/** Restored from its copy, where it came from. */
export const RESTORED = {
  outcome: 'rolled_back',
  effects: [...SENT, 'site.restore'],
  left: AS_BEFORE,
  ledger: ['backup sent', 'upgrade sent', 'restore sent'],
} as const;

/** On the new version, with its old data. */
export const FORWARD = {
  outcome: 'succeeded_with_exceptions',
  effects: [...SENT, 'site.restore'],
  left: 'the site, Active, Version 15, a new bench',
  ledger: [
    'backup sent',
    'upgrade sent',
    'attention: StepFailed',
    'says: restore_forward',
    'restore forward sent',
  ],
} as const;

/** Lets the call that starts an upgrade go wrong. */
export const onUpgrade = (site: string, fault: CallFault): FaultRule => ({
  call: { method: 'press.api.site.version_upgrade', body: { name: site } },
  fault,
});

/** The call that starts it. */
export const UPGRADE: Call = {
  step: 'upgrade',
  wrong: (fault) => ({ faults: ({ site }) => [onUpgrade(site, fault)] }),
  done: DONE,
};

/** The update fails after the site has moved, and so does its recovery. */
export const fatalAfterMove =
  (step: string) =>
  ({ site }: Names): readonly FaultRule[] => [
    failsAt(site, THERE, 'Migrate Site'),
    failsAt(site, BACK, step),
  ];

/** The update fails before the site has moved, and so does what switches it on again. */
export const fatalBeforeMove = ({ site }: Names): readonly FaultRule[] => [
  failsAt(site, THERE, 'Backup Site Tables'),
  failsAt(site, BACK_ON, 0),
];

/** A fault of the update's own job. */
export const onThere =
  (fault: JobFault) =>
  ({ site }: Names): readonly FaultRule[] => [onJob(site, THERE, fault)];
