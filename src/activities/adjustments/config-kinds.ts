import type { ConfigValue } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import { forbiddenConfigKeys } from '../../domain/policy-guardrails.js';
import { CONFIG_MASK, type ConfigRow, siteConfig } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import { configCheck } from '../config-check.js';
import type { Adjustment, AdjustmentDraft, Preflight } from './adjustment.js';

type Config = Readonly<Record<string, ConfigValue>>;
const SECONDS = 60;

async function rowsOf({ account, input }: Preflight<'update-config' | 'delete-config'>) {
  const rows = await siteConfig(account.press, { site: input.site });
  return new Map(rows.map((row) => [row.key, row]));
}

const isMasked = (row: ConfigRow | undefined): boolean => row?.value === CONFIG_MASK;

/** Sets keys, and leaves the others. */
export const updateConfigKind: Adjustment<'update-config'> = {
  allowed: ['Active', 'Broken'],
  async plan(preflight) {
    const { deps, input } = preflight;
    const rows = await rowsOf(preflight);
    const check = await configCheck(deps, input.config);
    const keys = Object.keys(input.config);
    const back = wayBack(keys.map((key) => [key, rows.get(key)]));
    return {
      // A value that policy would have had sealed must not get into the plan.
      change: { do: 'set config', config: check.result === 'fail' ? {} : input.config },
      ...back,
      summary: keys.map((key) => `${key}: ${said(rows.get(key))} → ${saidOf(input.config[key])}`),
      checks: [
        check,
        ...keys.flatMap((key) => numberCheck(key, rows.get(key), input.config[key])),
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
    const row = (await rowsOf(preflight)).get(key);
    return {
      change: { do: 'delete config', key },
      ...(row !== undefined && wayBack([[key, row]])),
      summary: [`${key}: ${said(row)} → not there`],
      checks: [
        forbiddenConfigKeys(deps.policy, [key]).length === 0
          ? pass('config', key)
          : fail('config', `policy does not allow ${key}`),
        row === undefined
          ? warn('value', `${key} is not there: the server is only told once more`)
          : pass('value', 'there'),
      ],
      estimateSeconds: SECONDS,
    };
  },
};

type Before = readonly (readonly [key: string, row: ConfigRow | undefined])[];
type WayBack = Pick<AdjustmentDraft, 'undo' | 'undoes' | 'mayLose' | 'leaves'>;

/** What brings keys back to what they were, in one change for all that had a value. */
function wayBack(before: Before): WayBack {
  const lost = before.filter(([, row]) => row !== undefined && !canSet(row)).map(([key]) => key);
  if (lost.length > 0) {
    return {
      mayLose: lost.map((key) => `the old value of ${key}, which Press does not tell`),
      leaves: `at Press ${lost.join(', ')} is changed, and nothing can put back what was there`,
    };
  }
  const there = before.flatMap(([key, row]) => (row === undefined ? [] : [[key, row] as const]));
  const fresh = before.flatMap(([key, row]) => (row === undefined ? [key] : []));
  const config = Object.fromEntries(there.map(([key, row]) => [key, valueOf(row)]));
  return {
    undo: [
      ...(there.length > 0 ? [{ do: 'set config', config } as const] : []),
      ...fresh.map((key) => ({ do: 'delete config', key }) as const),
    ],
    undoes: 'what was there before is there again',
  };
}

/** A masked or an empty value cannot be sent, and JSON is none of the values that we send. */
const canSet = (row: ConfigRow): boolean =>
  !isMasked(row) && row.value !== '' && row.type !== 'JSON';

/** Press guesses the type of a key that it does not know from the value (C 5.2). */
function valueOf({ type, value }: ConfigRow): string | number | boolean {
  if (type === 'Number') return Number(value);
  if (type === 'Boolean') return value.toLowerCase() === 'true' || value === '1';
  return value;
}

const said = (row: ConfigRow | undefined): string =>
  row === undefined ? 'not there' : isMasked(row) ? '•••' : row.value;

const saidOf = (value: ConfigValue | undefined): string =>
  typeof value === 'object' ? '•••' : String(value);

/** Press makes 0 of it, without a word (observed 4). */
function numberCheck(
  key: string,
  row: ConfigRow | undefined,
  value: ConfigValue | undefined,
): readonly Check[] {
  const isNone = row?.type === 'Number' && typeof value === 'string' && Number.isNaN(Number(value));
  return isNone ? [fail('number', `${key} is a number at Press; it would become 0`)] : [];
}

/** Press refuses it, whatever policy says (C 5.2). */
const serverChecks = (config: Config): readonly Check[] =>
  'developer_mode' in config
    ? [fail('developer mode', 'Press refuses it: what is developed there does not last')]
    : [];
