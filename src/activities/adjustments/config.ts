import type { ChangeOf } from '../../domain/adjustments.js';
import type { ConfigValue, SealedValue } from '../../domain/inputs.js';
import {
  CONFIG_MASK,
  type ConfigRow,
  deleteConfig as remove,
  mergeConfig,
  siteConfig,
} from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { CONFIG_JOB } from '../newest-job.js';
import type { Asked, ChangeKind } from './adjustment.js';
import { jobAfter, locateState } from './job-of.js';

type Config = Readonly<Record<string, ConfigValue>>;

async function rowsOf({ account, site, options }: Asked): Promise<ReadonlyMap<string, ConfigRow>> {
  const rows = await siteConfig(account.press, { site }, options);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Keys that Press shows with another value; of what is masked only that it is there. */
async function differing(asked: Asked<ChangeOf<'set config'>>): Promise<readonly string[]> {
  const rows = await rowsOf(asked);
  return Object.entries(asked.change.config).flatMap(([key, value]) => {
    const row = rows.get(key);
    if (row === undefined) return [`${key} is not there`];
    if (row.value === CONFIG_MASK || typeof value === 'object' || isSame(row, value)) return [];
    return [`${key} has another value`];
  });
}

/** Press stores texts, and its own idea of numbers and of what is true (C 5.2). */
function isSame({ type, value: text }: ConfigRow, value: Exclude<ConfigValue, SealedValue>) {
  if (typeof value === 'number') return Number(text) === value;
  if (typeof value === 'boolean') return (text.toLowerCase() === 'true' || text === '1') === value;
  return type === 'Number' ? Number(text) === Number(value) : text === value;
}

/** C 5.2: merges; the same values again are another job, and no harm. */
export const setConfig: ChangeKind<ChangeOf<'set config'>> = {
  endpoint: 'press.api.client.run_doc_method Site.update_config',
  repeat: 'at_once',
  payload: ({ config }) => ({ do: 'set config', keys: Object.keys(config).sort() }),
  async locate(asked, since) {
    const differs = await differing(asked);
    // What is masked cannot be compared: it is sent again.
    const isMasked = Object.values(asked.change.config).some((value) => typeof value === 'object');
    return locateState(asked, differs.length === 0 && !isMasked, CONFIG_JOB, since);
  },
  async send(asked, since) {
    const { deps, account, site, change, options } = asked;
    const config = await opened(deps, change.config);
    await mergeConfig(account.press, { site, config }, options);
    return jobAfter(asked, CONFIG_JOB, since);
  },
  look: async (asked) => ({ missing: await differing(asked) }),
};

/** Secrets are opened here and nowhere else (D 7). */
async function opened(
  { unseal }: Pick<ActivityDeps, 'unseal'>,
  config: Config,
): Promise<Record<string, string | number | boolean>> {
  const entries = Object.entries(config).map(
    async ([key, value]) => [key, typeof value === 'object' ? await unseal(value) : value] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** C 5.3. */
export const deleteConfig: ChangeKind<ChangeOf<'delete config'>> = {
  endpoint: 'press.api.client.run_doc_method Site.delete_config',
  repeat: 'at_once',
  async locate(asked, since) {
    const isGone = !(await rowsOf(asked)).has(asked.change.key);
    return locateState(asked, isGone, CONFIG_JOB, since);
  },
  async send({ account, site, change, options }) {
    const job = await remove(account.press, { site, key: change.key }, options);
    return job === null ? { kind: 'done' } : { kind: 'site-job', site, job };
  },
  async look(asked) {
    const { key } = asked.change;
    return { missing: (await rowsOf(asked)).has(key) ? [`${key} is still there`] : [] };
  },
};
