import type { FaultRule, JobFault } from '../../../simulators/press/index.js';
import { onJob, onMethod } from '../../integration/provision/support.js';
import { offsiteBackup } from '../../integration/safety-copy/support.js';
import { NO } from '../sending.js';
import { type ArchiveRow, GONE, KEPT } from './common.js';

const JOBS = { path: 'The jobs', step: 'archive' } as const;

const onServer = (site: string, fault: JobFault): FaultRule => onJob(site, 'Archive Site', fault);
const onProxy = (site: string, fault: JobFault): FaultRule =>
  onJob(site, 'Remove Site from Upstream', fault);
const failing = (step: string): JobFault => ({ kind: 'fail_step', step });
const PROXY_FAILS: JobFault = { kind: 'fail_step', step: 0 };
const UNREACHED: JobFault = { kind: 'delivery_failure', afterSeconds: 60 };

/** Broken, with its data: it comes back by itself. */
const comesBack = (
  accident: string,
  faults: (site: string) => readonly FaultRule[],
): ArchiveRow => ({
  ...JOBS,
  accident: `${accident}: the site comes back`,
  faults: ({ site }) => faults(site),
  expect: { ...KEPT, says: /Database Users/ },
});

const ASKED = ['attention: StepFailed'];

/** Every way in which the two jobs can end (observed-2 5). */
export const jobRows: readonly ArchiveRow[] = [
  comesBack('Press cannot make its backup', (site) => [onServer(site, failing('Backup Site'))]),
  comesBack('the step that drops the site fails', (site) => [
    onServer(site, failing('Archive Site')),
  ]),
  comesBack('the server is never reached', (site) => [onServer(site, UNREACHED)]),
  comesBack('the proxy fails at once, the server much later', (site) => [
    onProxy(site, PROXY_FAILS),
    onServer(site, { kind: 'delivery_failure', afterSeconds: 300 }),
  ]),
  {
    ...JOBS,
    accident: 'neither is ever reached: nothing has happened, what Press forgot is set again',
    faults: ({ site }) => [onServer(site, UNREACHED), onProxy(site, UNREACHED)],
    expect: {
      ...KEPT,
      effects: [...GONE.effects, 'domain.primary'],
      ledger: ['backup sent', 'archive sent', 'primary domain sent'],
      says: /never delivered/,
    },
  },
  {
    ...JOBS,
    accident: 'the upload of its backup fails, and Press calls it archived (the trap): accept',
    faults: ({ site }) => [onServer(site, failing('Upload Site Backup to S3'))],
    asks: [{ problem: 'StepFailed', says: 'accept' }],
    expect: {
      ...GONE,
      outcome: 'succeeded_with_exceptions',
      ledger: [...GONE.ledger, ...ASKED, 'says: accept'],
      says: /has dropped nothing/,
    },
  },
  {
    ...JOBS,
    accident: 'the same trap: abandon',
    faults: ({ site }) => [onServer(site, failing('Upload Site Backup to S3'))],
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      ...GONE,
      outcome: 'abandoned',
      ledger: [...GONE.ledger, ...ASKED, 'says: abandon'],
      says: /only support can remove it/,
    },
  },
  ...['Bench Setup NGINX', 'Reload NGINX'].map((step): ArchiveRow => ({
    ...JOBS,
    accident: `step "${step}" fails, after the site is dropped`,
    faults: ({ site }) => [onServer(site, failing(step))],
    expect: {
      ...GONE,
      outcome: 'succeeded_with_exceptions',
      says: /the site was dropped before/,
    },
  })),
  {
    ...JOBS,
    accident: 'the proxy fails, and the site is gone from its server: retry',
    faults: ({ site }) => [onProxy(site, PROXY_FAILS)],
    asks: [{ problem: 'StepFailed', says: 'retry' }],
    expect: {
      ...GONE,
      effects: [...GONE.effects, 'site.archive'],
      ledger: [...GONE.ledger, ...ASKED, 'says: retry', 'archive sent'],
    },
  },
  {
    ...JOBS,
    accident: 'the proxy is never reached, and the site is gone from its server: abandon',
    faults: ({ site }) => [onProxy(site, UNREACHED)],
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      ...GONE,
      outcome: 'abandoned',
      left: 'the site, Broken',
      ledger: [...GONE.ledger, ...ASKED, 'says: abandon'],
      says: /do not activate it/,
    },
  },
  {
    ...JOBS,
    accident: 'gone from its server, and Press refuses the rest once: retry, retry',
    faults: ({ site }) => [onProxy(site, PROXY_FAILS), onMethod(site, 'archive', NO, { nth: 2 })],
    asks: [
      { problem: 'StepFailed', says: 'retry' },
      { problem: 'StepFailed', says: 'retry' },
    ],
    expect: {
      ...GONE,
      effects: [...GONE.effects, 'site.archive'],
      ledger: [
        ...GONE.ledger,
        ...ASKED,
        'says: retry',
        'archive refused',
        ...ASKED,
        'says: retry',
        'archive sent',
      ],
    },
  },
  {
    ...JOBS,
    accident:
      'gone from its server; the second archive does not get to drop it, and the proxy fails again: asked again, never activated',
    faults: ({ site }) => [
      { ...onProxy(site, PROXY_FAILS), times: 2 },
      { ...onServer(site, failing('Archive Site')), nth: 2 },
    ],
    asks: [
      { problem: 'StepFailed', says: 'retry' },
      { problem: 'StepFailed', says: 'retry' },
    ],
    expect: {
      ...GONE,
      effects: [...GONE.effects, 'site.archive', 'site.archive'],
      ledger: [
        ...GONE.ledger,
        ...ASKED,
        'says: retry',
        'archive sent',
        ...ASKED,
        'says: retry',
        'archive sent',
      ],
    },
  },
  {
    ...JOBS,
    accident: 'the agent of the server refuses, and the site stays Pending for ever: abandon',
    faults: ({ site }) => [onServer(site, { kind: 'agent_refuses' })],
    asks: [{ problem: 'StepFailed', says: 'abandon' }],
    expect: {
      ...GONE,
      outcome: 'abandoned',
      left: 'the site, Pending',
      ledger: [...GONE.ledger, ...ASKED, 'says: abandon'],
      says: /Pending for good/,
    },
  },
  {
    ...JOBS,
    accident:
      'Press cannot delete older backups, because its storage is away: people are told, it waits',
    world: 'storage that is away',
    acts: [
      {
        do: 'meddle',
        when: (_, { needsAttention }) => needsAttention,
        deed: ({ harness }) => harness.simulator.setStorageReachable(true),
      },
    ],
    before: async ({ harness, site }) => {
      await offsiteBackup(harness, site);
      harness.simulator.setStorageReachable(false);
    },
    expect: { ...GONE, ledger: [...GONE.ledger, 'attention: TimedOut'] },
  },
];
