import type { Account, CallFault, FaultRule } from '../../../simulators/press/index.js';
import { did, onSiteRead } from '../provision/common.js';
import type { Act, Moment, Scene } from '../row.js';
import { ANOTHER_TEAM, DONE, OURS, row, theyFollow, type TransferRow } from './common.js';

/** What an old owner is told, and others too (C 8.2). */
const DENIED: CallFault = {
  kind: 'exception',
  excType: 'PermissionError',
  message: 'Not permitted',
};
const WITHOUT_ROLE = { ...DENIED, message: 'You do not have permission to access this Site.' };
const REVOKED: CallFault = { kind: 'exception', excType: 'AuthenticationError' };

const onTeamRead = (site: string, fault: CallFault, times: FaultRule['times']): FaultRule => ({
  call: { method: 'press.api.site.running_jobs', body: { name: site } },
  fault,
  times,
});

/** Something befalls our key, once the link was mailed. */
const befalls = (rules: (scene: Scene) => readonly FaultRule[]): Act => ({
  do: 'meddle',
  when: did('site.transfer_request'),
  deed(scene) {
    for (const rule of rules(scene)) scene.harness.simulator.addFault(rule);
  },
});

/** Press has refused to show the site so often. */
const refused =
  (times: number): Moment =>
  ({ harness, site }) => {
    const calls = harness.simulator.calls().filter(({ fault }) => fault === 'exception');
    return calls.filter(({ args }) => JSON.stringify(args).includes(site)).length >= times;
  };

/** Press takes a team that our user is not in for none, and acts as another (A 1.3). */
const actsFor = ({ user, team }: Account): FaultRule => ({
  call: { method: 'press.api.account.me' },
  fault: { kind: 'wrong_shape', body: { message: { user, team } } },
  times: 'always',
});

/** What looks like a transfer, and is none. */
export const lookAlikes: readonly TransferRow[] = [
  row({
    step: 'confirmation',
    accident: 'our user loses a role for a while: the site is ours all the same',
    acts: [
      befalls(({ site }) => [onSiteRead(site, WITHOUT_ROLE, { times: 2 })]),
      { ...theyFollow, when: refused(2) },
    ],
    expect: DONE,
  }),
  row({
    step: 'confirmation',
    accident: 'one refusal, which passes: looked at again, and waited on',
    acts: [
      befalls(({ site }) => [onSiteRead(site, DENIED), onTeamRead(site, DENIED, 1)]),
      { ...theyFollow, when: (_, { needsAttention }) => needsAttention },
    ],
    expect: { ...DONE, ledger: [...DONE.ledger, 'attention: TimedOut'] },
  }),
  row({
    step: 'confirmation',
    accident: 'our key is revoked for a while: waited for',
    acts: [
      befalls(({ site }) => [onSiteRead(site, REVOKED, { times: 2 })]),
      { ...theyFollow, when: refused(2) },
    ],
    expect: DONE,
  }),
  row({
    step: 'confirmation',
    accident: 'our user leaves the team: nobody can tell, a person is asked',
    world: ANOTHER_TEAM,
    input: () => ({ patienceDays: 5 / 86_400 }),
    acts: [
      befalls(({ harness, site }) => [
        onSiteRead(site, DENIED, { times: 'always' }),
        onTeamRead(site, DENIED, 'always'),
        actsFor(harness.simulator.accounts.other),
      ]),
    ],
    asks: [
      { problem: 'TimedOut', says: 'retry' },
      { problem: 'TimedOut', says: 'abandon' },
    ],
    expect: {
      outcome: 'abandoned',
      effects: ['site.transfer_request'],
      left: OURS,
      ledger: [
        ...['send request sent', 'attention: TimedOut', 'says: retry'],
        ...['attention: TimedOut', 'says: abandon'],
      ],
      says: /our key sees no more of the site/,
    },
  }),
];
