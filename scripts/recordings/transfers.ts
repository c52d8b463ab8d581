import type { FaultRule } from '../../simulators/press/index.js';
import type { OperationStatus } from '../../src/client.js';
import { approvedByTwo } from './approvals.js';
import { type Act, by, firstTime, inTurn, once, type Recording } from './recording.js';

/** The link was mailed, and is waited for. */
const isWaiting = ({ choices }: OperationStatus): boolean => choices.includes('give_up');

const theyFollow: Act = (_, { site }, { simulator }) => {
  simulator.confirmTransfer(site);
};
const says = (choice: 'accept' | 'give_up'): Act => {
  return (client, { workflowId }) => void client.resolve(workflowId, choice, by);
};

/** Press refuses us the site, the document and what the team is asked by. */
const refusals = (site: string, message: string, times: FaultRule['times']): FaultRule[] => {
  const refusal = { kind: 'exception', excType: 'PermissionError' } as const;
  const document = { method: 'press.api.client.get', body: { doctype: 'Site', name: site } };
  const ofTeam = { method: 'press.api.site.running_jobs', body: { name: site } };
  return [
    { call: document, fault: { ...refusal, message }, times },
    { call: ofTeam, fault: { ...refusal, message: 'Not permitted' }, times },
  ];
};
const areRefused = (message: string, times: FaultRule['times']): Act => {
  return (_, { site }, { simulator }) => {
    for (const rule of refusals(site, message, times)) simulator.addFault(rule);
  };
};

const WITHOUT_ROLE = 'You do not have permission to access this Site.';

const to: Pick<Recording<'transfer'>, 'kind' | 'prepare'> = {
  kind: 'transfer',
  prepare: ({ simulator }) => Promise.resolve({ to: simulator.accounts.other.user }),
};

/** Transfers to another team, in the ways they go. */
export const transferRecordings: readonly Recording<'transfer'>[] = [
  {
    ...to,
    scenario: 'succeeded',
    subdomain: 'rec-tr-works',
    act: inTurn(approvedByTwo(), firstTime(isWaiting, theyFollow)),
  },
  {
    ...to,
    scenario: 'given-up',
    subdomain: 'rec-tr-given',
    act: inTurn(approvedByTwo(), firstTime(isWaiting, says('give_up'))),
  },
  {
    ...to,
    scenario: 'not-in-time',
    subdomain: 'rec-tr-late',
    input: { patienceDays: 1 / 86_400 },
    act: approvedByTwo(),
  },
  {
    ...to,
    scenario: 'answer-lost',
    subdomain: 'rec-tr-lost',
    faults: (site) => [
      {
        call: { method: 'press.api.site.send_change_team_request', body: { name: site } },
        fault: { kind: 'lose_answer' },
      },
    ],
    act: inTurn(
      approvedByTwo(),
      once('needs_human', says('accept')),
      firstTime(isWaiting, theyFollow),
    ),
  },
  {
    ...to,
    scenario: 'refused-for-a-while',
    subdomain: 'rec-tr-once',
    act: inTurn(
      approvedByTwo(),
      firstTime(isWaiting, areRefused('Not permitted', 1)),
      firstTime(({ needsAttention }) => needsAttention, theyFollow),
    ),
  },
  {
    ...to,
    scenario: 'nobody-can-tell',
    subdomain: 'rec-tr-blind',
    input: { patienceDays: 10 / 86_400 },
    act: inTurn(
      approvedByTwo(),
      firstTime(isWaiting, areRefused(WITHOUT_ROLE, 'always')),
      once('needs_human', says('accept')),
    ),
  },
];
