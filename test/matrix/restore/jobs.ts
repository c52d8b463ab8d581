import { JOB_STEPS } from '../../../simulators/press/jobs/job-types.js';
import { did, follows } from '../provision/common.js';
import { COPIED } from '../upgrade/common.js';
import { BACK_AGAIN, DONE, failsIn, onRestore, type RestoreRow, row, UNTOUCHED } from './common.js';

const MIGRATING = ['Uninstall Unavailable Apps', 'Migrate Site'];
const STEPS: readonly string[] = JOB_STEPS['Restore Site'];
/** Steps behind the data, the migration included. */
const LATER = STEPS.slice(STEPS.indexOf('Set Administrator Password'));

const TWICE = { ...DONE, effects: [...COPIED, 'site.restore', 'site.restore'] } as const;
const SKIPPED = { ...TWICE, outcome: 'succeeded_with_exceptions' } as const;

/** What the job of a restore comes to, step by step (B 2.5). */
export const jobRows: readonly RestoreRow[] = [
  row({
    step: 'restore',
    accident: 'step "Download Backup Files" fails: again, with fresh links',
    faults: failsIn('Download Backup Files'),
    expect: TWICE,
  }),
  row({
    step: 'restore',
    accident: 'step "Download Backup Files" fails twice: back',
    faults: failsIn('Download Backup Files', 2),
    expect: {
      ...BACK_AGAIN,
      effects: [...COPIED, 'site.restore', 'site.restore', 'site.restore'],
      says: /Download Backup Files/,
    },
  }),
  row({
    step: 'restore',
    accident: 'step "Restore Site" fails: the database is gone, back',
    faults: failsIn('Restore Site'),
    expect: { ...BACK_AGAIN, says: /failed in "Restore Site"/ },
  }),
  ...MIGRATING.map((step) =>
    row({
      step: 'restore',
      accident: `step "${step}" fails: again, leaving out patches that fail`,
      faults: failsIn(step),
      expect: { ...SKIPPED, says: /patches that failed were left out/ },
    }),
  ),
  row({
    step: 'restore',
    accident: 'a patch fails, and policy does not let it be left out: back',
    world: 'a strict policy',
    faults: onRestore({ kind: 'fail_step', step: 'Migrate Site', patch: true }),
    expect: { ...BACK_AGAIN, says: /failed in "Migrate Site"/ },
  }),
  row({
    step: 'restore',
    accident: 'a patch fails, and something else without it: back',
    faults: failsIn('Migrate Site', 2),
    expect: {
      ...BACK_AGAIN,
      effects: [...COPIED, 'site.restore', 'site.restore', 'site.restore'],
    },
  }),
  ...LATER.map((step) =>
    row({
      step: 'restore',
      accident: `step "${step}" fails, behind the data: again`,
      faults: failsIn(step),
      expect: TWICE,
    }),
  ),
  row({
    step: 'restore',
    accident: 'a step behind the data fails twice: back',
    faults: failsIn('Enable Scheduler', 2),
    expect: {
      ...BACK_AGAIN,
      effects: [...COPIED, 'site.restore', 'site.restore', 'site.restore'],
    },
  }),
  row({
    step: 'restore',
    accident: 'the agent of the server refuses: back',
    faults: onRestore({ kind: 'agent_refuses' }),
    expect: BACK_AGAIN,
  }),
  row({
    step: 'restore',
    accident: 'the server is never reached: nothing was done',
    faults: onRestore({ kind: 'delivery_failure', afterSeconds: 60 }),
    expect: {
      ...UNTOUCHED,
      outcome: 'rolled_back',
      effects: [...COPIED, 'site.restore'],
      ledger: ['backup sent', 'restore sent'],
      says: /never delivered.*is as it was$/,
    },
  }),
  row({
    step: 'restore',
    accident: 'the server is not reached for a while',
    faults: onRestore({ kind: 'undelivered', seconds: 300 }),
    expect: DONE,
  }),
  row({
    step: 'restore',
    accident: 'the second try never reaches the server: back',
    faults: ({ site }) => [
      ...failsIn('Reload NGINX')({ site }),
      ...onRestore({ kind: 'delivery_failure', afterSeconds: 60 }, { nth: 2 })({ site }),
    ],
    expect: {
      ...BACK_AGAIN,
      effects: [...COPIED, 'site.restore', 'site.restore', 'site.restore'],
    },
  }),
  row({
    step: 'restore',
    accident: 'cancelled while the job runs: too late, it goes on',
    faults: onRestore({ kind: 'slow', factor: 5 }),
    acts: [
      {
        do: 'meddle',
        when: did('site.restore'),
        async deed({ harness, site }) {
          const answer = await harness.client.cancel(site, { by: 'kim' });
          if (answer.accepted) throw new Error(`cancelled: ${answer.reason}`);
        },
      },
    ],
    expect: DONE,
  }),
  row({
    step: 'restore',
    accident: 'held and resumed before it starts',
    acts: [{ do: 'hold', when: follows('backup') }],
    expect: DONE,
  }),
];
