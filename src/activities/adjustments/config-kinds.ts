import type { ConfigValue } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import { forbiddenConfigKeys } from '../../domain/policy-guardrails.js';
import { type ConfigRow, isSecretName, siteConfig } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import { configCheck } from '../config-check.js';
import type { Adjustment, AdjustmentDraft, Preflight } from './adjustment.js';
import { type ConfigKey, isSecret } from './config-secrets.js';

type Config = Readonly<Record<string, ConfigValue>>;
const SECONDS = 60;

async function rowsOf({ account, input }: Preflight<'update-config' | 'delete-config'>) {
  const rows = await siteConfig(account.press, { site: input.site });
  return new Map(rows.map((row) => [row.key, row]));
}

/** Sets keys, and leaves the others. */
export const updateConfigKind: Adjustment<'update-config'> = {
  allowed: ['Active', 'Broken'],
  async plan(preflight) {
    const { deps, input } = preflight;
    const rows = await rowsOf(preflight);
    const check = await configCheck(deps, input.config);
    const keys = Object.entries(input.config).map(([key, value]): Key => {
      const of = { key, row: rows.get(key), value };
      return { ...of, secret: isSecret(deps.policy, of) };
    });
    return {
      // A value that policy would have had sealed must not get into the plan.
      ...(check.result === 'fail'
        ? { change: { do: 'set config', config: {} }, summary: keys.map(({ key }) => key) }
        : {
            change: { do: 'set config', config: input.config },
            ...wayBack(keys),
            summary: keys.map((key) => `${key.key}: ${before(key)} → ${after(key)}`),
          }),
      checks: [
        check,
        ...keys.flatMap(numberCheck),
        ...keys.flatMap(clearCheck),
        ...serverChecks(input.config),
      ],
      estimateSeconds: SECONDS,
    };
  },
};

/** Takes a key out. */
export const deleteConfigKind: Adjustment<'delete-config'> = {
  allowed: ['Active', 'Broken'],
  async plan(preflight) {
    const { deps, input } = preflight;
    const { key } = input;
    const rows = await rowsOf(preflight);
    const row = rows.get(key);
    const of: Key = { key, row, secret: isSecret(deps.policy, { key, row }) };
    const isAllowed = forbiddenConfigKeys(deps.policy, [key]).length === 0;
    return {
      change: { do: 'delete config', key, ...(row === undefined && { wasAbsent: true }) },
      ...(isAllowed && row !== undefined && wayBack([of])),
      summary: [isAllowed ? `${key}: ${before(of)} → not there` : key],
      checks: [
        isAllowed ? pass('config', key) : fail('config', `policy does not allow ${key}`),
        row === undefined
          ? warn(
              'value',
              `${key} is not there: the server is only told once more (there are: ${keysText(rows)})`,
            )
          : pass('value', 'there'),
      ],
      estimateSeconds: SECONDS,
    };
  },
};

/** As many as a check can name; only keys, which are no secrets. */
const MOST_KEYS = 20;

function keysText(rows: ReadonlyMap<string, ConfigRow>): string {
  if (rows.size === 0) return 'none';
  const keys = [...rows.keys()].sort();
  return [...keys.slice(0, MOST_KEYS), ...(keys.length > MOST_KEYS ? ['…'] : [])].join(', ');
}

interface Key extends ConfigKey {
  /** Neither value is shown, nor is the old one put back. */
  readonly secret: boolean;
}

type WayBack = Pick<AdjustmentDraft, 'undo' | 'undoes' | 'mayLose' | 'leaves'>;

/** What brings keys back to what they were, in one change for all that had a value. */
function wayBack(keys: readonly Key[]): WayBack {
  const lost = keys.flatMap((of) => (of.row === undefined || canPutBack(of) ? [] : [of.key]));
  if (lost.length > 0) {
    return {
      mayLose: lost.map((key) => `the old value of ${key}, which cannot be put back`),
      leaves: `at Press ${lost.join(', ')} is changed, and nothing can put back what was there`,
    };
  }
  const there = keys.flatMap(({ key, row }) => (row === undefined ? [] : [[key, row] as const]));
  const fresh = keys.flatMap(({ key, row }) => (row === undefined ? [key] : []));
  const config = Object.fromEntries(there.map(([key, row]) => [key, valueOf(row)]));
  return {
    undo: [
      ...(there.length > 0 ? [{ do: 'set config', config } as const] : []),
      ...fresh.map((key) => ({ do: 'delete config', key }) as const),
    ],
    undoes: 'what was there before is there again',
  };
}

/** A secret is not kept, an empty value cannot be sent, and JSON is none of the values that we send. */
const canPutBack = ({ row, secret }: Key): boolean =>
  !secret && row?.value !== '' && row?.type !== 'JSON';

/** Press guesses the type of a key that it does not know from the value (C 5.2). */
function valueOf({ type, value }: ConfigRow): string | number | boolean {
  if (type === 'Number') return Number(value);
  if (type === 'Boolean') return value.toLowerCase() === 'true' || value === '1';
  return value;
}

const before = ({ row, secret }: Key): string =>
  row === undefined ? 'not there' : secret ? '•••' : row.value;

const after = ({ value, secret }: Key): string =>
  secret || typeof value === 'object' ? '•••' : String(value);

/** Press makes 0 of it, without a word (observed 4). */
function numberCheck({ key, row, value }: Key): readonly Check[] {
  const isNone = row?.type === 'Number' && typeof value === 'string' && Number.isNaN(Number(value));
  return isNone ? [fail('number', `${key} is a number at Press; it would become 0`)] : [];
}

/** What was sent in clear lies in history as it was sent; policy says whether that is refused. */
function clearCheck({ key, value }: Key): readonly Check[] {
  if (typeof value !== 'string' || !isSecretName(key)) return [];
  return [
    warn(
      'secret',
      `${key} looks like a secret, and was sent in clear: seal it (--secret-config ${key})`,
    ),
  ];
}

/** Press refuses it, whatever policy says (C 5.2). */
const serverChecks = (config: Config): readonly Check[] =>
  'developer_mode' in config
    ? [fail('developer mode', 'Press refuses it: what is developed there does not last')]
    : [];
