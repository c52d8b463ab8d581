import {
  CONFIG_MASK,
  type ConfigRow,
  createRedact,
  isSecretName,
} from '../../frappe-cloud/index.js';

/** Longer values are cut: a list of a site shows what is set, it does not hand files out. */
const VALUE_LIMIT = 500;

const redact = createRedact([]);

/**
 * Configuration that may be shown: nothing that policy calls secret. Passwords and keys that are named so are masked already; what is
 * left are secrets inside of a value: an object with a member that is named so, or an address with
 * a password.
 */
export function shownConfig(
  rows: readonly ConfigRow[],
  secretKeys: readonly string[],
): ConfigRow[] {
  return rows.map((row) => {
    const value = secretKeys.includes(row.key) ? CONFIG_MASK : shownValue(row);
    return { ...row, value };
  });
}

function shownValue({ type, value }: ConfigRow): string {
  const isObject = type === 'JSON' || /^\s*[[{]/.test(value);
  if (isObject && isSecretName(value)) return CONFIG_MASK;
  const text = redact(value);
  return text.length > VALUE_LIMIT ? `${text.slice(0, VALUE_LIMIT - 1)}…` : text;
}
