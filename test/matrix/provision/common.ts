import type { CallFault, FaultRule } from '../../../simulators/press/index.js';
import {
  JOB_STEPS,
  ALWAYS_SKIPPED,
  type JobType,
} from '../../../simulators/press/jobs/job-types.js';
import type { ProvisionSiteInput } from '../../../src/client.js';
import { effectsOf } from '../observe.js';
import type { Moment, Row } from '../row.js';

export type ProvisionRow = Row<ProvisionSiteInput>;

export const SHARED = 'On a shared bench';
export const OWN_GROUP = 'On a group of ours';
export const PRIVATE = 'With a bench of its own';
export const DEDICATED = 'On our dedicated server';

/** As asked. */
export const DONE = {
  outcome: 'succeeded',
  effects: ['site.create'],
  left: 'the site, Active',
  ledger: ['create sent'],
} as const;

/** Made and undone. */
export const UNDONE = {
  outcome: 'rolled_back',
  effects: ['site.create', 'site.archive'],
  left: 'nothing',
  ledger: ['create sent', 'undo create sent'],
} as const;

/** Never made. */
export const NOTHING = { effects: [], left: 'nothing', ledger: [] } as const;

/** Lets a read of the site fail by name, as preflight and `locate` do it. */
export const onSiteRead = (
  site: string,
  fault: CallFault,
  when: Pick<FaultRule, 'nth' | 'times'> = {},
): FaultRule => ({
  call: { method: 'press.api.client.get', body: { doctype: 'Site', name: site } },
  fault,
  ...when,
});

/** Steps of a job that can fail; `Create User` only runs for trials (A 3.3). */
export const stepsOf = (jobType: JobType): readonly string[] =>
  JOB_STEPS[jobType].filter((step) => !ALWAYS_SKIPPED.has(step));

/** Press was asked, and has answered or never will. */
export const called =
  (method: string): Moment =>
  ({ harness, subdomain }) =>
    harness.simulator
      .calls()
      .some(
        (call) =>
          (call.method === method || call.action === method) &&
          JSON.stringify(call.args).includes(subdomain),
      );

/** Something was done at Press. */
export const did =
  (effect: string): Moment =>
  (scene) =>
    effectsOf(scene).includes(effect);

/** A job of the site, or of its bench, has begun on the server. */
export const runs =
  (jobType: string): Moment =>
  ({ harness, site, subdomain }) => {
    const { jobs, benches, groups } = harness.simulator.estate();
    const group = groups.find(({ title }) => title === subdomain)?.name;
    const ours = benches.flatMap(({ name, group: of }) => (of === group ? [name] : []));
    return jobs.some(
      (job) =>
        job.jobType === jobType &&
        !['Undelivered', 'Pending'].includes(job.status) &&
        (job.site === site || ours.includes(job.bench ?? '')),
    );
  };

/** The answer of a step's call has come, and what it started is being followed. */
export const follows =
  (step: string): Moment =>
  (_, { steps }) =>
    steps.some(({ name, detail }) => name === step && detail !== undefined);

/** The operation is in this state. */
export const isIn =
  (state: string): Moment =>
  (_, status) =>
    status.state === state;
