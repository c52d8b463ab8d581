import type { Change } from '../../domain/adjustments.js';
import type { ConfigValue } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import { forbiddenConfigKeys } from '../../domain/policy-guardrails.js';
import { CONFIG_MASK, type ConfigRow, siteConfig } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import { configCheck } from '../config-check.js';
import type { Adjustment, Preflight } from './adjustment.js';

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
    const lost = keys.filter((key) => isMasked(rows.get(key)));
    return {
      // A value that policy would have had sealed must not get into the plan.
      change: { do: 'set config', config: check.result === 'fail' ? {} : input.config },
      undo: keys.flatMap((key) => undoOf(key, rows.get(key))),
      undoes: 'the values that were there are set again',
      summary: keys.map((key) => `${key}: ${said(rows.get(key))} → ${saidOf(input.config[key])}`),
      mayLose: lost.map((key) => `the old value of ${key}, which Press shows to nobody`),
      checks: [check, ...dedicatedChecks(preflight, input.config)],
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
      undo: row === undefined ? [] : undoOf(key, row),
      undoes: 'the value that was there is set again',
      summary: [`${key}: ${said(row)} → not there`],
      mayLose: isMasked(row) ? [`the value of ${key}, which Press shows to nobody`] : [],
      checks: [
        forbiddenConfigKeys(deps.policy, [key]).length === 0
          ? pass('config', key)
          : fail('config', `policy does not allow ${key}`),
        row === undefined
          ? warn('value', `${key} is not there: nothing will change`)
          : pass('value', 'there'),
      ],
      estimateSeconds: SECONDS,
    };
  },
};

/** What brings a key back to what it was; nothing where nobody can tell. */
function undoOf(key: string, row: ConfigRow | undefined): readonly Change[] {
  if (row === undefined) return [{ do: 'delete config', key }];
  if (isMasked(row) || row.value === '') return [];
  return [{ do: 'set config', config: { [key]: valueOf(row) } }];
}

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

/** C 5.2: Press refuses both, whatever policy says. */
function dedicatedChecks(
  { reading }: Preflight<'update-config'>,
  config: Config,
): readonly Check[] {
  return 'developer_mode' in config
    ? [
        fail(
          'developer mode',
          `Press refuses it on ${reading.site.name}: changes would not persist`,
        ),
      ]
    : [];
}
