import type { CallFault } from '../../../simulators/press/index.js';
import { makeSite, onCreate } from '../../integration/provision/support.js';
import type { Act } from '../row.js';
import { called, did, NOTHING, PRIVATE, type ProvisionRow } from './common.js';

/** Rows of orders, where policy rolls back. */
export const ROLL_BACK = {
  path: PRIVATE,
  world: 'roll back',
  input: () => ({ plan: 'USD 200 Private' }),
};
const ORDER = { ...ROLL_BACK, step: 'create: order' } as const;
const NEW = 'press.api.site.new';

const ORDERED = ['group.create', 'sgd.create', 'build.create'] as const;
/** Up to a bench that stands, or is Broken. */
export const BENCHED = [...ORDERED, 'bench.create'] as const;

/** As asked: order, build, bench, site. */
export const ORDERED_SITE = {
  outcome: 'succeeded',
  effects: [...BENCHED, 'site.create'],
  left: 'the site, Active; its bench group; its bench, Active',
  ledger: ['create sent'],
} as const;

/** A site that failed on a bench that stands: all three go. */
export const ORDER_UNDONE = {
  outcome: 'rolled_back',
  effects: [...BENCHED, 'site.create', 'site.archive', 'bench.archive', 'group.delete'],
  left: 'nothing',
  ledger: ['create sent', 'undo create sent', 'undo group sent'],
} as const;

/** An image that was never built: the group goes. */
export const BUILD_UNDONE = {
  outcome: 'rolled_back',
  effects: [...ORDERED, 'group.delete'],
  left: 'nothing',
  ledger: ['create sent', 'undo group sent'],
} as const;

/** Lets the call that drops the bench group go wrong; the group is known once it is made. */
export const onDrop = (fault: CallFault, times = 1): Act => ({
  do: 'meddle',
  when: did('group.create'),
  deed({ harness: { simulator }, subdomain }) {
    const name = simulator.estate().groups.find(({ title }) => title === subdomain)?.name ?? '';
    const call = { method: 'press.api.client.delete', body: { doctype: 'Release Group', name } };
    simulator.addFault({ call, fault, times });
  },
});

const adopted = (accident: string, fault: CallFault): ProvisionRow => ({
  ...ORDER,
  accident,
  faults: ({ subdomain }) => [onCreate(subdomain, fault)],
  expect: { ...ORDERED_SITE, ledger: ['create adopted'] },
});

/** The call that orders; build and bench are in bench.ts. */
export const orderRows: readonly ProvisionRow[] = [
  { ...ORDER, accident: 'none', expect: ORDERED_SITE },
  {
    ...ORDER,
    accident: 'the title is taken by a group of another team',
    before: async ({ harness, subdomain }) => {
      const bench = {
        title: subdomain,
        apps: [{ name: 'frappe', source: 'SRC-frappe-15' }],
        version: 'Version 15',
        cluster: 'Mumbai',
        saas_app: '',
        server: null,
      };
      await harness.press('other', 'press.api.bench.new', { bench });
    },
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'its bench group',
      ledger: ['create refused'],
      says: /already exists/,
    },
  },
  {
    ...ORDER,
    accident: 'the name is taken by another team before preflight',
    before: ({ harness, subdomain }) => makeSite(harness, 'other', subdomain),
    expect: {
      outcome: 'refused',
      ...NOTHING,
      left: 'the site of another team, Active',
      says: /taken by another team/,
    },
  },
  adopted('the answer is lost', { kind: 'lose_answer' }),
  adopted('500 after Press has committed the order', {
    kind: 'exception',
    excType: 'KeyError',
    effect: true,
  }),
  adopted('417 after Press has committed the order', {
    kind: 'exception',
    excType: 'ValidationError',
    status: 417,
    effect: true,
  }),
  adopted('an answer of another shape', { kind: 'wrong_shape' }),
  {
    ...ORDER,
    accident: 'the request is lost: sent again after five minutes',
    faults: ({ subdomain }) => [onCreate(subdomain, { kind: 'lose_request' })],
    expect: ORDERED_SITE,
  },
  {
    ...ORDER,
    accident: 'the request is delivered twice at once: two orders, a person looks',
    faults: ({ subdomain }) => [
      onCreate(subdomain, { kind: 'duplicate' }),
      { build: { subdomain }, fault: { kind: 'hang' }, times: 'always' },
    ],
    asks: [{ problem: 'OutcomeUnknown', says: 'abandon' }],
    expect: {
      outcome: 'abandoned',
      effects: [...ORDERED, ...ORDERED],
      left: 'its bench group; its bench group',
      ledger: ['attention: OutcomeUnknown', 'says: abandon'],
      says: /two orders of/,
    },
  },
  {
    ...ORDER,
    accident: 'cancelled while it is looked for and never arrived',
    faults: ({ subdomain }) => [onCreate(subdomain, { kind: 'lose_request' })],
    acts: [{ do: 'cancel', when: called(NEW) }],
    expect: { outcome: 'cancelled', ...NOTHING },
  },
];
