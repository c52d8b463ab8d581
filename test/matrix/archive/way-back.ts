import type { FaultRule } from '../../../simulators/press/index.js';
import { makeSite, onJob, onMethod } from '../../integration/provision/support.js';
import { did } from '../provision/common.js';
import type { Names } from '../row.js';
import { NO } from '../sending.js';
import { silentFrom } from '../silent.js';
import { type ArchiveRow, GONE, KEPT } from './common.js';

const BACK = { path: 'The way back', step: 'activate' } as const;

/** What the site has to come back from. */
export const failed = ({ site }: Names): FaultRule =>
  onJob(site, 'Archive Site', { kind: 'fail_step', step: 'Backup Site' });

/** Neither server is reached, and not for a while: that leaves time to break the site. */
const SILENT: Pick<ArchiveRow, 'path' | 'step' | 'faults'> = {
  ...BACK,
  step: 'verify',
  faults: ({ site }) =>
    ['Archive Site', 'Remove Site from Upstream'].map((jobType) =>
      onJob(site, jobType, { kind: 'delivery_failure', afterSeconds: 600 }),
    ),
};

const UNSERVED = {
  ...KEPT,
  effects: [...GONE.effects, 'domain.primary'],
  ledger: ['backup sent', 'archive sent', 'primary domain sent', 'attention: VerificationFailed'],
} as const;

/** An archive that failed and left the site (observed-2 5). */
export const wayBackRows: readonly ArchiveRow[] = [
  {
    ...BACK,
    accident: 'its answer is lost',
    faults: (names) => [failed(names), onMethod(names.site, 'activate', { kind: 'lose_answer' })],
    expect: {
      ...KEPT,
      ledger: ['backup sent', 'archive sent', 'activate adopted', 'primary domain sent'],
    },
  },
  {
    ...BACK,
    accident: 'Press refuses: retry',
    faults: (names) => [failed(names), onMethod(names.site, 'activate', NO)],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...KEPT,
      ledger: [
        'backup sent',
        'archive sent',
        'activate refused',
        'attention: StepFailed',
        'says: retry',
        'activate sent',
        'primary domain sent',
      ],
    },
  },
  {
    ...BACK,
    accident: 'the site does not answer any more: mended, retry',
    // Both jobs are waited for, which leaves time to break it.
    faults: (names) => [
      failed(names),
      onJob(names.site, 'Remove Site from Upstream', { kind: 'slow', factor: 600 }),
    ],
    ...silentFrom(did('site.archive'), { problem: 'StepFailed' }),
    expect: {
      ...KEPT,
      effects: [...KEPT.effects.slice(0, -1), 'site.activate', 'domain.primary'],
      ledger: [
        ...KEPT.ledger.slice(0, -1),
        'attention: StepFailed',
        'says: retry',
        'activate sent',
        'primary domain sent',
      ],
    },
  },
  {
    ...BACK,
    step: 'primary domain',
    accident: 'Press refuses: it is listed',
    faults: (names) => [
      failed(names),
      {
        call: { method: 'press.api.site.set_host_name', body: { name: names.site } },
        fault: NO,
      },
    ],
    expect: {
      ...KEPT,
      effects: KEPT.effects.slice(0, -1),
      ledger: [...KEPT.ledger.slice(0, -1), 'primary domain refused'],
      says: /primary domain: not today/,
    },
  },
  {
    ...SILENT,
    accident: 'Press calls the site Active, and it does not answer: mended, retry',
    ...silentFrom(did('site.archive')),
    expect: { ...UNSERVED, ledger: [...UNSERVED.ledger, 'says: retry'], says: /never delivered/ },
  },
  {
    ...SILENT,
    accident: 'the same: accept, and it is listed',
    acts: silentFrom(did('site.archive')).acts,
    asks: [{ problem: 'VerificationFailed', says: 'accept' }],
    expect: {
      ...UNSERVED,
      ledger: [...UNSERVED.ledger, 'says: accept'],
      says: /verify: it does not answer HTTP/,
    },
  },
];

/** The name must be free, and stay so. */
export const verifyRows: readonly ArchiveRow[] = [
  {
    path: 'Reading it back',
    step: 'verify',
    accident: 'somebody makes a site of that name meanwhile: abandon',
    // The name is free while the last steps of the job still run (observed C9).
    faults: ({ site }) => [onJob(site, 'Archive Site', { kind: 'slow', factor: 20 })],
    acts: [
      {
        do: 'meddle',
        when: ({ harness, site }) =>
          !harness.simulator.estate().sites.some(({ name }) => name === site),
        deed: ({ harness, subdomain }) => makeSite(harness, 'main', subdomain),
      },
    ],
    asks: [{ problem: 'VerificationFailed', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: [...GONE.effects, 'site.create'],
      left: 'the site, Active',
      ledger: [...GONE.ledger, 'attention: VerificationFailed', 'says: abandon'],
      says: /there is a site .*, Active/,
    },
  },
];
