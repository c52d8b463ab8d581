import type { CallFault } from '../../../simulators/press/index.js';
import type { LoginLinkInput } from '../../../src/client.js';
import { makeActive } from '../../integration/provision/support.js';
import { switchOff } from '../../integration/safety-copy/support.js';
import { killed, killedWorld } from '../killed.js';
import { called, did } from '../provision/common.js';
import type { Matrix, Row } from '../row.js';
import { NO } from '../sending.js';

type LoginRow = Row<LoginLinkInput>;

const PATH = 'A site that is Active';
const STEP = 'hand over login link';
const ACTIVE = 'the site, Active';
const LOGIN = 'press.api.site.login';

const DONE = {
  outcome: 'succeeded',
  effects: ['site.login'],
  left: ACTIVE,
  ledger: [`${STEP} sent`],
} as const;
const TWICE = { ...DONE, effects: ['site.login', 'site.login'] } as const;

const onLogin =
  (fault: CallFault) =>
  ({ site }: { readonly site: string }) => [
    { call: { method: LOGIN, body: { name: site } }, fault },
  ];

export const loginLinkRows: readonly LoginRow[] = [
  {
    path: PATH,
    step: 'preflight',
    accident: 'it is off',
    before: ({ harness, site }) => switchOff(harness, site),
    expect: {
      outcome: 'refused',
      effects: [],
      left: 'the site, Inactive',
      ledger: [],
      says: /it must be Active/,
    },
  },
  {
    path: PATH,
    step: STEP,
    accident: 'the answer is lost: another session',
    faults: onLogin({ kind: 'lose_answer' }),
    expect: TWICE,
  },
  {
    path: PATH,
    step: STEP,
    accident: 'no answer ever comes: another session',
    faults: onLogin({ kind: 'hang' }),
    expect: TWICE,
  },
  {
    path: PATH,
    step: STEP,
    accident: 'the request is lost',
    faults: onLogin({ kind: 'lose_request' }),
    expect: DONE,
  },
  {
    path: PATH,
    step: STEP,
    accident: 'Press refuses',
    faults: onLogin(NO),
    expect: {
      outcome: 'refused',
      effects: [],
      left: ACTIVE,
      ledger: [`${STEP} refused`],
      says: /not today/,
    },
  },
];

/** The worker dies while the call is on its way. */
export const killRows: readonly LoginRow[] = [
  killed({
    step: STEP,
    accident: 'before Press has the call: sent again at once',
    faults: onLogin({ kind: 'hang', effect: false }),
    when: called(LOGIN),
    expect: DONE,
  }),
  killed({
    step: STEP,
    accident: 'after Press has opened a session: another one',
    faults: onLogin({ kind: 'hang' }),
    when: did('site.login'),
    expect: TWICE,
  }),
];

/** Every accident of a login link that we could think of, and how it ends. */
export const loginLinkMatrix: Matrix<LoginLinkInput> = {
  kind: 'login-link',
  worlds: { usual: { speed: 400, commandMs: 800 }, ...killedWorld },
  prepare: async ({ harness, subdomain }) => {
    await makeActive(harness, subdomain, {});
  },
  start: ({ client }, input, { site }) =>
    client.start('login-link', { account: 'main', requestedBy: 'ops', site, ...input }),
  rows: [...loginLinkRows, ...killRows],
};
