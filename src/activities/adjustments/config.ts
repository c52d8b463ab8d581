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
import { Refused } from '../errors.js';
import type { Asked, ChangeKind } from './adjustment.js';
import { CONFIG_JOB, jobsAfter, locateState } from './job-of.js';

type Config = Readonly<Record<string, ConfigValue>>;
type Rows = ReadonlyMap<string, ConfigRow>;

async function rowsOf({ account, site, options }: Asked): Promise<Rows> {
  const rows = await siteConfig(account.press, { site }, options);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Keys that Press shows with another value; of what cannot be compared only that it is there. */
const differing = (rows: Rows, config: Config): readonly string[] =>
  Object.entries(config).flatMap(([key, value]) => {
    const row = rows.get(key);
    if (row === undefined) return [`${key} is not there`];
    if (isHidden(row) || typeof value === 'object' || isSame(row, value)) return [];
    return [`${key} has another value`];
  });

/** Press masks it, or we do: also a value that was sent in clear. */
const isHidden = (row: ConfigRow | undefined): boolean => row?.value === CONFIG_MASK;

/** Press stores texts, and its own idea of numbers and of what is true (C 5.2). */
function isSame({ type, value: text }: ConfigRow, value: Exclude<ConfigValue, SealedValue>) {
  if (type === 'Number') return Math.trunc(Number(text)) === Math.trunc(Number(value));
  if (type === 'Boolean') return isTrue(text) === isTrue(String(value));
  return text === String(value);
}

/** What Press takes a text for. */
const isTrue = (text: string): boolean => !['', '0', 'false'].includes(text.toLowerCase());

/** C 5.2: merges; the same values again are another job, and no harm. */
export const setConfig: ChangeKind<ChangeOf<'set config'>> = {
  endpoint: 'press.api.client.run_doc_method Site.update_config',
  repeat: 'at_once',
  payload: ({ config }) => ({ do: 'set config', keys: Object.keys(config).sort() }),
  async locate(asked, since) {
    const { config } = asked.change;
    const rows = await rowsOf(asked);
    // What cannot be compared is no proof: it is sent again.
    const cannotTell = Object.entries(config).some(
      ([key, value]) => typeof value === 'object' || isHidden(rows.get(key)),
    );
    const isSo = !cannotTell && differing(rows, config).length === 0;
    return locateState(asked, isSo, [CONFIG_JOB], since);
  },
  async send(asked, since) {
    const { deps, account, site, change, options } = asked;
    const config = await opened(deps, change.config);
    await mergeConfig(account.press, { site, config }, options);
    return jobsAfter(asked, [CONFIG_JOB], since);
  },
  look: async (asked) => ({ missing: differing(await rowsOf(asked), asked.change.config) }),
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
    return locateState(asked, isGone, [CONFIG_JOB], since);
  },
  async send({ account, site, change, options }) {
    const job = await remove(account.press, { site, key: change.key }, options);
    if (job === null) throw new Refused(`Press lets nobody take ${change.key} out`);
    return { kind: 'site-job', site, job };
  },
  async look(asked) {
    const { key, wasAbsent } = asked.change;
    return {
      missing: (await rowsOf(asked)).has(key) ? [`${key} is still there`] : [],
      ...(wasAbsent && {
        exceptions: [`there was no key ${key}: the server was only told once more`],
      }),
    };
  },
};
