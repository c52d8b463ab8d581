import type { ConfigValue } from '../../domain/inputs.js';
import type { Policy } from '../../domain/policy.js';
import {
  CONFIG_MASK,
  type ConfigRow,
  createRedact,
  isSecretName,
} from '../../frappe-cloud/index.js';

const redact = createRedact([]);

/** One key of a configuration: what Press has, and what is asked for. */
export interface ConfigKey {
  readonly key: string;
  readonly row: ConfigRow | undefined;
  /** Absent for a key that is to go. */
  readonly value?: ConfigValue | undefined;
}

/**
 * Whether a plan must tell neither value of a key: it lies in history and ledger. Policy says so, its
 * name does, what is asked for is sealed, or a value holds a password inside. Press itself masks only
 * what it knows as a password: other keys it shows in clear (observed-2 5).
 */
export function isSecret(
  { secretConfigKeys }: Pick<Policy, 'secretConfigKeys'>,
  { key, row, value }: ConfigKey,
): boolean {
  return (
    secretConfigKeys.includes(key) ||
    isSecretName(key) ||
    typeof value === 'object' ||
    row?.value === CONFIG_MASK ||
    holdsSecret(row?.value) ||
    holdsSecret(value)
  );
}

/** An object with a member that is named like a secret, or an address with a password. */
function holdsSecret(value: string | number | boolean | undefined): boolean {
  if (typeof value !== 'string') return false;
  return (/^\s*[[{]/.test(value) && isSecretName(value)) || redact(value) !== value;
}
