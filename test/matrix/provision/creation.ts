import type { CallFault } from '../../../simulators/press/index.js';
import { makeSite, onCreate } from '../../integration/provision/support.js';
import { called, DONE, NOTHING, onSiteRead, type ProvisionRow, SHARED, UNDONE } from './common.js';

const CREATE = { path: SHARED, step: 'create' } as const;
const NEW = 'press.api.site.new';

/** The answer of the creation is lost, or was never one. */
const lost = (accident: string, fault: CallFault, ledger: readonly string[]): ProvisionRow => ({
  ...CREATE,
  accident,
  faults: ({ subdomain }) => [onCreate(subdomain, fault)],
  expect: { ...DONE, ledger },
});
const adopted = (accident: string, fault: CallFault) => lost(accident, fault, ['create adopted']);
const sentAgain = (accident: string, fault: CallFault) =>
  lost(`${accident}: sent again after five minutes`, fault, ['create sent']);
const answered = (accident: string, fault: CallFault) =>
  lost(accident, fault, ['create failed', 'create sent']);

/** What Press says in its own words, and nobody understands. */
const notUnderstood = (
  says: 'retry' | 'roll_back' | 'abandon',
  expected: ProvisionRow['expect'],
): ProvisionRow => ({
  ...CREATE,
  accident: `Press answers with an error nobody understands: ${says}`,
  faults: ({ subdomain }) => [onCreate(subdomain, { kind: 'exception', excType: 'KeyError' })],
  asks: [{ problem: 'Defect', says }],
  expect: {
    ...expected,
    ledger: ['create failed', 'attention: Defect', `says: ${says}`, ...expected.ledger],
  },
});

/** Preflight sees a free name, whatever is there. */
const unseen = (site: string) => [
  onSiteRead(site, { kind: 'exception', excType: 'DoesNotExistError', status: 404 }, { times: 2 }),
  {
    call: { method: 'press.api.site.domain_exists', body: { domain: site } },
    fault: { kind: 'wrong_shape', body: {} },
    times: 2,
  } as const,
];

/** The call that creates; its jobs are in creation-jobs.ts. */
export const creationRows: readonly ProvisionRow[] = [
  { ...CREATE, accident: 'none', expect: DONE },
  {
    ...CREATE,
    accident: 'Press refuses',
    faults: ({ subdomain }) => [
      onCreate(subdomain, {
        kind: 'exception',
        excType: 'ValidationError',
        status: 417,
        message: 'no more sites today',
      }),
    ],
    expect: {
      outcome: 'refused',
      ...NOTHING,
      ledger: ['create refused'],
      says: /no more sites today/,
    },
  },
  {
    ...CREATE,
    accident: 'the name was taken by another team since preflight',
    before: ({ harness, subdomain }) => makeSite(harness, 'other', subdomain),
    faults: ({ site }) => unseen(site),
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'the site of another team, Active',
      ledger: ['create refused'],
      says: /belongs to another team/,
    },
  },
  {
    ...CREATE,
    accident: 'the name was taken by another tool of this team since preflight',
    before: ({ harness, subdomain }) => makeSite(harness, 'main', subdomain),
    faults: ({ site }) => unseen(site),
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'the site, Active',
      ledger: ['create refused'],
      says: /is older than this operation/,
    },
  },
  {
    ...CREATE,
    accident: 'the request is lost, and another tool of this team takes the name on another plan',
    faults: ({ subdomain }) => [onCreate(subdomain, { kind: 'lose_request' })],
    acts: [
      {
        do: 'meddle',
        when: called(NEW),
        deed: ({ harness, subdomain }) => makeSite(harness, 'main', subdomain, { plan: 'USD 10' }),
      },
    ],
    asks: [
      { problem: 'OutcomeUnknown', says: 'roll_back' },
      { problem: 'UndoFailed', says: 'abandon' },
    ],
    expect: {
      outcome: 'abandoned',
      effects: ['site.create'],
      left: 'the site, Active',
      ledger: [
        'attention: OutcomeUnknown',
        'says: roll_back',
        'attention: UndoFailed',
        'says: abandon',
      ],
      says: /not as this operation asked/,
    },
  },
  adopted('the answer is lost', { kind: 'lose_answer' }),
  adopted('no answer ever comes', { kind: 'hang' }),
  adopted('the answer comes in drops', { kind: 'slow_body', seconds: 3_600 }),
  adopted('Press begins 23 s after we hung up', {
    kind: 'late',
    seconds: 23,
    after: 'disconnect',
  }),
  adopted('Press begins minutes after we hung up', {
    kind: 'late',
    seconds: 200,
    after: 'disconnect',
  }),
  adopted('504 after the effect', { kind: 'gateway_error', status: 504 }),
  adopted('500 after the effect', { kind: 'exception', excType: 'KeyError', effect: true }),
  adopted('a login page instead of the answer', { kind: 'html_page', effect: true }),
  adopted('an answer of another shape', { kind: 'wrong_shape' }),
  adopted('the request is delivered twice, and 409 is the answer', { kind: 'duplicate' }),
  sentAgain('the request is lost', { kind: 'lose_request' }),
  sentAgain('502 without the effect', { kind: 'gateway_error', status: 502, effect: 'none' }),
  sentAgain('a login page and no effect', { kind: 'html_page' }),
  answered('a database deadlock', { kind: 'exception', excType: 'QueryDeadlockError' }),
  answered('somebody else wrote at that moment', {
    kind: 'exception',
    excType: 'TimestampMismatchError',
    status: 417,
  }),
  answered('too many requests', { kind: 'rate_limited', retryAfter: 1 }),
  notUnderstood('retry', DONE),
  notUnderstood('roll_back', { outcome: 'rolled_back', ...NOTHING }),
  notUnderstood('abandon', { outcome: 'abandoned', ...NOTHING }),
  {
    ...CREATE,
    accident: 'cancelled while a creation is looked for that never arrived',
    faults: ({ subdomain }) => [onCreate(subdomain, { kind: 'lose_request' })],
    acts: [{ do: 'cancel', when: called(NEW) }],
    expect: { outcome: 'cancelled', ...NOTHING },
  },
  {
    ...CREATE,
    accident: 'cancelled while a creation is looked for that lands late',
    faults: ({ subdomain }) => [
      onCreate(subdomain, { kind: 'late', seconds: 100, after: 'disconnect' }),
    ],
    acts: [{ do: 'cancel', when: called(NEW) }],
    expect: { ...UNDONE, outcome: 'cancelled', ledger: ['create adopted', 'undo create sent'] },
  },
];
