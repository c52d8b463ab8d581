import { onJob } from '../../integration/provision/support.js';
import type { Names } from '../row.js';
import { silentFrom } from '../silent.js';
import { did, DONE, isIn, onSiteRead, type ProvisionRow, SHARED, UNDONE } from './common.js';

const VERIFY = { path: SHARED, step: 'verify' } as const;
const SILENT = silentFrom(did('site.create'));
/** The site comes up, and does not answer. */
const silenced = {
  faults: ({ site }: Names) => [onJob(site, 'New Site', { kind: 'slow', factor: 5 })],
  acts: SILENT.acts,
} satisfies Partial<ProvisionRow>;

/** The site is read back; what is still wrong at the deadline is a person's or policy's. */
export const verifyRows: readonly ProvisionRow[] = [
  {
    ...VERIFY,
    accident: 'the site does not answer HTTP, and is mended: retry',
    world: 'impatient verification',
    ...silenced,
    ...SILENT,
    expect: { ...DONE, ledger: ['create sent', 'attention: VerificationFailed', 'says: retry'] },
  },
  {
    ...VERIFY,
    accident: 'the site does not answer HTTP: roll_back',
    world: 'impatient verification',
    ...silenced,
    asks: [{ problem: 'VerificationFailed', says: 'roll_back' }],
    expect: {
      ...UNDONE,
      ledger: [
        'create sent',
        'attention: VerificationFailed',
        'says: roll_back',
        'undo create sent',
      ],
    },
  },
  {
    ...VERIFY,
    accident: 'the site does not answer HTTP: abandon',
    world: 'impatient verification',
    ...silenced,
    asks: [{ problem: 'VerificationFailed', says: 'abandon' }],
    expect: {
      ...DONE,
      outcome: 'abandoned',
      ledger: ['create sent', 'attention: VerificationFailed', 'says: abandon'],
    },
  },
  {
    ...VERIFY,
    accident: 'the site does not answer HTTP, and policy only wants it reported',
    world: 'HTTP only reported',
    ...silenced,
    expect: { ...DONE, outcome: 'succeeded_with_exceptions', says: /does not answer HTTP/ },
  },
  {
    ...VERIFY,
    accident: 'a read is answered 503',
    faults: ({ site }) => [onSiteRead(site, { kind: 'gateway_error', status: 503 }, { nth: 3 })],
    expect: DONE,
  },
  {
    ...VERIFY,
    accident: 'cancelled',
    faults: silenced.faults,
    acts: [...silenced.acts, { do: 'cancel', when: isIn('verifying') }],
    expect: { ...UNDONE, outcome: 'cancelled' },
  },
];
