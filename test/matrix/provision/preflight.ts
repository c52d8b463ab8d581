import type { CallFault } from '../../../simulators/press/index.js';
import { makeSite, occupy } from '../../integration/provision/support.js';
import type { Scene } from '../row.js';
import { called, DONE, isIn, NOTHING, onSiteRead, type ProvisionRow, SHARED } from './common.js';

const PREFLIGHT = { path: SHARED, step: 'preflight' } as const;
const APPROVAL = { path: SHARED, step: 'approval' } as const;
const LOCK = { path: SHARED, step: 'lock' } as const;

const REFUSED = { outcome: 'refused', ...NOTHING } as const;
const LATE_READ: CallFault = { kind: 'delay', seconds: 1_000 };
const asking = () => ({ plan: 'USD 100' });

/** How to give the locks of a site back, by its name. */
const releases = new Map<string, () => Promise<void>>();
const occupied = async ({ harness, site }: Scene): Promise<void> => {
  releases.set(site, await occupy(harness, site));
};

/** Before anything is done at Press. */
export const preflightRows: readonly ProvisionRow[] = [
  {
    ...PREFLIGHT,
    accident: 'the name is taken by another team',
    before: ({ harness, subdomain }) => makeSite(harness, 'other', subdomain),
    expect: { ...REFUSED, left: 'the site of another team, Active', says: /taken by another team/ },
  },
  {
    ...PREFLIGHT,
    accident: 'the name is taken by this team',
    before: ({ harness, subdomain }) => makeSite(harness, 'main', subdomain),
    expect: { ...REFUSED, left: 'the site, Active', says: /exists already, in this team/ },
  },
  {
    ...PREFLIGHT,
    accident: 'an app is not on the bench',
    input: () => ({ apps: ['frappe', 'lms'] }),
    expect: { ...REFUSED, says: /not on the bench/ },
  },
  {
    ...PREFLIGHT,
    accident: 'policy has no rule for it',
    world: 'a policy that allows nothing',
    expect: { ...REFUSED, says: /no policy rule allows/ },
  },
  {
    ...PREFLIGHT,
    accident: 'a read is answered 502, three times',
    faults: ({ site }) => [onSiteRead(site, { kind: 'gateway_error', status: 502 }, { times: 3 })],
    expect: DONE,
  },
  {
    ...PREFLIGHT,
    accident: 'a read never gets an answer',
    faults: ({ site }) => [onSiteRead(site, { kind: 'hang' })],
    expect: DONE,
  },
  {
    ...PREFLIGHT,
    accident: 'Press refuses the key, until it is accepted again',
    faults: ({ site }) => [
      onSiteRead(site, { kind: 'exception', excType: 'AuthenticationError', status: 401 }),
    ],
    expect: DONE,
  },
  ...(
    [
      ['retry', DONE],
      ['abandon', { outcome: 'abandoned', ...NOTHING }],
    ] as const
  ).map(([says, expected]): ProvisionRow => ({
    ...PREFLIGHT,
    accident: `a read is answered in a way nobody understands: ${says}`,
    faults: ({ site }) => [onSiteRead(site, { kind: 'wrong_shape', body: { not: 'a site' } })],
    asks: [{ problem: 'Defect', says }],
    expect: {
      ...expected,
      ledger: ['attention: Defect', `says: ${says}`, ...expected.ledger],
    },
  })),
  {
    ...PREFLIGHT,
    accident: 'cancelled',
    faults: ({ site }) => [onSiteRead(site, LATE_READ)],
    acts: [{ do: 'cancel', when: called('press.api.client.get') }],
    expect: { outcome: 'cancelled', ...NOTHING },
  },
  {
    ...PREFLIGHT,
    accident: 'held, and resumed',
    faults: ({ site }) => [onSiteRead(site, LATE_READ)],
    acts: [{ do: 'hold', when: called('press.api.client.get') }],
    expect: DONE,
  },
  {
    ...APPROVAL,
    accident: 'approved',
    input: asking,
    acts: [{ do: 'approve', when: isIn('waiting_approval') }],
    expect: { ...DONE, ledger: ['says: approve', 'create sent'] },
  },
  {
    ...APPROVAL,
    accident: 'rejected',
    input: asking,
    acts: [{ do: 'reject', when: isIn('waiting_approval') }],
    expect: { outcome: 'rejected', ...NOTHING, ledger: ['says: reject'] },
  },
  {
    ...APPROVAL,
    accident: 'nobody decides',
    world: 'approvals that expire',
    expect: { outcome: 'expired', ...NOTHING },
  },
  {
    ...APPROVAL,
    accident: 'cancelled',
    input: asking,
    acts: [{ do: 'cancel', when: isIn('waiting_approval') }],
    expect: { outcome: 'cancelled', ...NOTHING },
  },
  {
    ...APPROVAL,
    accident: 'the name is taken meanwhile',
    input: asking,
    acts: [
      {
        do: 'meddle',
        when: isIn('waiting_approval'),
        deed: ({ harness, subdomain }) => makeSite(harness, 'other', subdomain),
      },
      { do: 'approve', when: isIn('waiting_approval') },
    ],
    expect: {
      outcome: 'refused',
      effects: ['site.create'],
      left: 'the site of another team, Active',
      ledger: ['says: approve'],
      says: /taken by another team/,
    },
  },
  {
    ...LOCK,
    accident: 'another operation has the site, and the request says not to wait',
    input: () => ({ ifBusy: 'refuse' }),
    before: async ({ harness, site }) => void (await occupy(harness, site)),
    expect: { ...REFUSED, says: /is held by provision/ },
  },
  {
    ...LOCK,
    accident: 'another operation has the site, and ends',
    before: occupied,
    acts: [
      {
        do: 'meddle',
        when: isIn('queued'),
        deed: async ({ site }) => releases.get(site)?.(),
      },
    ],
    expect: DONE,
  },
  {
    ...LOCK,
    accident: 'cancelled while another operation has the site',
    before: async ({ harness, site }) => void (await occupy(harness, site)),
    acts: [{ do: 'cancel', when: isIn('queued') }],
    expect: { outcome: 'cancelled', ...NOTHING },
  },
];
