import type { CallFault } from '../../simulators/maplepress/index.js';
import type { Stack } from '../../src/stack/stack.js';
import { approved, approvedByTwo } from './approvals.js';
import { by, once, type Recording } from './recording.js';

const REGISTER = 'POST /api/v1/sites';
const ROTATE = 'POST /api/v1/sites/{id}/rotate-api-key';

/** Lets the one call that comes next go wrong: each recording has the site to itself. */
const goesWrong = (endpoint: string, fault: CallFault) => {
  return ({ maplePress }: Stack, site: string): Promise<object> => {
    const of =
      endpoint === REGISTER
        ? { body: { site_url: `https://${site}` } }
        : { site: idOf(maplePress, site) };
    maplePress.addFault({ call: { endpoint, ...of }, fault });
    return Promise.resolve({});
  };
};

function idOf(maplePress: Stack['maplePress'], domain: string): string {
  return maplePress.estate().sites.find((site) => site.domain === domain)?.id ?? '(none)';
}

const LOST: CallFault = { kind: 'lose_answer' };
/** A wait for a plugin that is soon over. */
const SOON = { patienceDays: 1 / 86_400 };

/** Registrations with MaplePress, new keys and deletions. */
export const maplePressRecordings = [
  { kind: 'maplepress-register', scenario: 'succeeded', subdomain: 'rec-mp-works' },
  {
    kind: 'maplepress-register',
    scenario: 'token-lost',
    subdomain: 'rec-mp-lost',
    input: SOON,
    prepare: goesWrong(REGISTER, LOST),
  },
  {
    kind: 'maplepress-register',
    scenario: 'not-verified',
    subdomain: 'rec-mp-late',
    input: SOON,
  },
  {
    kind: 'maplepress-register',
    scenario: 'cancelled',
    subdomain: 'rec-mp-stop',
    act: once('running', (client, { workflowId }) => void client.cancel(workflowId, by)),
  },
  {
    kind: 'maplepress-rotate-key',
    scenario: 'succeeded',
    subdomain: 'rec-mr-works',
    act: approved(),
  },
  {
    kind: 'maplepress-rotate-key',
    scenario: 'answer-lost',
    subdomain: 'rec-mr-lost',
    prepare: goesWrong(ROTATE, LOST),
    act: approved(),
  },
  {
    kind: 'maplepress-delete',
    scenario: 'succeeded',
    subdomain: 'rec-md-works',
    act: approvedByTwo(),
  },
] satisfies readonly Recording<
  'maplepress-register' | 'maplepress-rotate-key' | 'maplepress-delete'
>[];
