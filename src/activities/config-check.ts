import type { ConfigValue } from '../domain/inputs.js';
import type { Check } from '../domain/plan.js';
import { configProblems } from '../domain/policy-guardrails.js';
import { fail, pass } from './checks.js';
import type { ActivityDeps } from './deps.js';

/**
 * What policy says of config values. Also opens every secret once: one that cannot be opened must not
 * come up half-way.
 */
export async function configCheck(
  { policy, unseal }: Pick<ActivityDeps, 'policy' | 'unseal'>,
  config: Readonly<Record<string, ConfigValue>>,
): Promise<Check> {
  const problems = configProblems(policy, config);
  if (problems.length > 0) return fail('config', problems.map(({ message }) => message).join('; '));
  for (const [key, value] of Object.entries(config)) {
    if (typeof value !== 'object') continue;
    const opens = await unseal(value).then(
      () => true,
      () => false,
    );
    if (!opens) return fail('config', `${key} is not sealed for this installation`);
  }
  const keys = Object.keys(config);
  return pass('config', keys.length === 0 ? 'none' : keys.join(', '));
}
