import type { JobRow, StepRow } from '../world/model.js';

export const stepOf = (job: JobRow | undefined, stepName: string): StepRow | undefined =>
  job?.steps.find((step) => step.stepName === stepName);

export const succeeded = (job: JobRow | undefined, stepName: string): boolean =>
  stepOf(job, stepName)?.status === 'Success';

export const failed = (job: JobRow | undefined, stepName: string): boolean =>
  stepOf(job, stepName)?.status === 'Failure';
