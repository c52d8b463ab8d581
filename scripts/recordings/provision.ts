import { by, once, type Recording } from './recording.js';

/** Provisions, in every way they go. */
export const provisionRecordings: readonly Recording<'provision'>[] = [
  { kind: 'provision', scenario: 'succeeded', subdomain: 'rec-works' },
  {
    kind: 'provision',
    scenario: 'approved',
    subdomain: 'rec-large',
    input: { plan: 'USD 100' },
    act: once('waiting_approval', (client, { workflowId }) => void client.approve(workflowId, by)),
  },
  {
    kind: 'provision',
    scenario: 'rejected',
    subdomain: 'rec-reject',
    input: { plan: 'USD 100' },
    act: once('waiting_approval', (client, { workflowId }) => void client.reject(workflowId, by)),
  },
  {
    kind: 'provision',
    scenario: 'rolled-back',
    subdomain: 'rec-breaks',
    faults: (site) => [
      { job: { jobType: 'New Site', site }, fault: { kind: 'fail_step', step: 'Install Apps' } },
    ],
  },
  {
    kind: 'provision',
    scenario: 'adopted',
    subdomain: 'rec-lost',
    faults: () => [
      {
        call: { method: 'press.api.site.new', body: { 'site.name': 'rec-lost' } },
        fault: { kind: 'lose_answer' },
      },
    ],
  },
  {
    kind: 'provision',
    scenario: 'cancelled',
    subdomain: 'rec-cancel',
    act: once('running', (client, { workflowId }) => void client.cancel(workflowId, by)),
  },
  {
    kind: 'provision',
    scenario: 'refused',
    subdomain: 'rec-refused',
    input: { version: 'Version 99' },
  },
  { kind: 'provision', scenario: 'planned', subdomain: 'rec-planned', input: { dryRun: true } },
  {
    kind: 'provision',
    scenario: 'config-and-domain-given-up',
    subdomain: 'rec-extras',
    input: { config: { mail_server: 'smtp.example.com' }, customDomains: ['rec.example.com'] },
    act: (client, { workflowId, choices }) => {
      if (choices.includes('give_up')) void client.resolve(workflowId, 'give_up', by);
    },
  },
  {
    kind: 'provision',
    scenario: 'abandoned',
    subdomain: 'rec-abandon',
    faults: () => [
      {
        call: { method: 'press.api.site.new', body: { 'site.name': 'rec-abandon' } },
        fault: { kind: 'exception', excType: 'KeyError' },
      },
    ],
    act: once('needs_human', (client, { workflowId }) => {
      void client.resolve(workflowId, 'abandon', by);
    }),
  },
  {
    kind: 'provision',
    scenario: 'retried-by-a-person',
    subdomain: 'rec-retry',
    faults: () => [
      {
        call: { method: 'press.api.site.new', body: { 'site.name': 'rec-retry' } },
        fault: { kind: 'exception', excType: 'KeyError' },
      },
    ],
    act: once('needs_human', (client, { workflowId }) => {
      void client.resolve(workflowId, 'retry', by);
    }),
  },
  {
    kind: 'provision',
    scenario: 'undo-failed-and-retried',
    subdomain: 'rec-undo',
    faults: (site) => [
      { job: { jobType: 'New Site', site }, fault: { kind: 'fail_step', step: 'Install Apps' } },
      {
        job: { jobType: 'Archive Site', site },
        fault: { kind: 'fail_step', step: 'Archive Site' },
      },
    ],
    act: once('needs_human', (client, { workflowId }) => {
      void client.resolve(workflowId, 'retry', by);
    }),
  },
  {
    kind: 'provision',
    scenario: 'held-and-resumed',
    subdomain: 'rec-held',
    input: { plan: 'USD 100' },
    act: (client, { workflowId, state }) => {
      if (state === 'waiting_approval') {
        void client.hold(workflowId, by).then(() => client.approve(workflowId, by));
      }
      if (state === 'held') void client.resume(workflowId, by);
    },
  },
  {
    kind: 'provision',
    scenario: 'handed-over',
    subdomain: 'rec-secret',
    input: { handOver: ['administrator_password', 'login_link'] },
  },
  {
    kind: 'provision',
    scenario: 'private-bench',
    subdomain: 'rec-private',
    input: { plan: 'USD 200 Private' },
    act: once('waiting_approval', (client, { workflowId }) => void client.approve(workflowId, by)),
  },
  {
    kind: 'provision',
    scenario: 'private-bench-rolled-back',
    subdomain: 'rec-nobench',
    input: { plan: 'USD 200 Private' },
    faults: () => [
      {
        build: { title: 'rec-nobench' },
        fault: { kind: 'fail', error: 'npm ERR!' },
        times: 'always',
      },
    ],
    act: once('waiting_approval', (client, { workflowId }) => void client.approve(workflowId, by)),
  },
];
