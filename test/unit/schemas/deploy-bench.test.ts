import { expect, it } from 'vitest';
import { DeployBenchInputSchema } from '../../../src/schemas/site-operations.js';

it.each([
  [0, true],
  [1_000, true],
  [1_001, false],
  [-1, false],
])('an error budget of %d is taken: %s', (errorBudget, isTaken) => {
  const input = { account: 'main', requestedBy: 'ops', group: 'bench-0042', errorBudget };
  expect(DeployBenchInputSchema.safeParse(input).success).toBe(isTaken);
});
