import { expect, it } from 'vitest';
import { isSwept } from '../../../src/activities/swept-job.js';
import type { Job } from '../../../src/frappe-cloud/index.js';

type Status = Job['steps'][number]['status'];

const job = (status: Job['status'], ...steps: readonly Status[]) => ({
  status,
  steps: steps.map((step, index) => ({
    step_name: `step ${index}`,
    status: step,
    output: null,
  })),
});

it.each([
  ['Failure over job and steps', job('Failure', 'Failure', 'Failure'), true],
  ['a step that has succeeded', job('Failure', 'Success', 'Failure'), false],
  [
    'steps that were skipped after the one that failed',
    job('Failure', 'Failure', 'Skipped'),
    false,
  ],
  [
    'a refusal by the agent, which leaves the steps open',
    job('Failure', 'Pending', 'Pending'),
    false,
  ],
  ['a job of one step that failed by itself', job('Failure', 'Failure'), false],
  ['a job that runs still', job('Running', 'Failure', 'Failure'), false],
  ['a server that was never reached', job('Delivery Failure', 'Failure', 'Failure'), false],
])('%s: given up by Press is %3$s', (_, looked, swept) => {
  expect(isSwept(looked)).toBe(swept);
});
