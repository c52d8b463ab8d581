import type { FaultRule } from '../../simulators/press/index.js';

/** Lets the first job of its kind on a site fail at a step. */
export const failsAt = (site: string, jobType: string, step: string | number): FaultRule => ({
  job: { jobType, site },
  fault: { kind: 'fail_step', step },
});
