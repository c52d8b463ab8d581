import { PROBES } from '../../frappe-cloud/contract/probes.js';
import type { Sample } from '../../frappe-cloud/contract/sample.js';
import { SURFACE } from '../../frappe-cloud/surface/index.js';
import { ARGUMENTS } from './arguments.js';
import { DATABASE } from './database.js';
import { LOOKUPS } from './lookups.js';
import { type Read, reading } from './read.js';

/** What each entry of the API does, where that changes nothing and answers no secret. */
const HARMLESS: ReadonlyMap<string, string> = new Map(
  SURFACE.flatMap(({ rows }) => rows)
    .filter(({ danger }) => danger === 'read')
    .map(({ endpoint, what }) => [endpoint, what]),
);

/** They have commands and routes of their own: `sites`, `jobs` and `job`. */
export const WITH_A_SCREEN: ReadonlySet<string> = new Set([
  'press.api.site.all',
  'press.api.site.jobs',
  'press.api.site.job',
  'press.api.site.get_job_status',
]);

/** What the check of the contract asks takes what it is tried on. */
const OF_THE_CONTRACT: Readonly<Record<string, Read>> = Object.fromEntries(
  PROBES.flatMap((probe) => {
    const { endpoint, needs } = probe;
    const names = needs.filter((name) => name !== 'job');
    const shape = Object.fromEntries(names.map((name) => [name, ARGUMENTS[name]]));
    const read = reading(shape, (press, given, options) =>
      probe.ask(press, given as Required<Sample>, options),
    );
    return names.length === needs.length ? [[endpoint, read]] : [];
  }),
);

/** A read that can be asked for, and what it tells. */
export interface OfferedRead extends Read {
  readonly endpoint: string;
  readonly what: string;
}

/**
 * Every read of the API that changes nothing and has no screen of its own, by endpoint, from A to Z.
 * What the table of the API does not call harmless is not among them, whoever lists it here.
 */
export const READS: ReadonlyMap<string, OfferedRead> = new Map(
  Object.entries({ ...OF_THE_CONTRACT, ...LOOKUPS, ...DATABASE })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([endpoint, read]) => {
      const what = HARMLESS.get(endpoint);
      if (what === undefined || WITH_A_SCREEN.has(endpoint)) return [];
      return [[endpoint, { ...read, endpoint, what }]];
    }),
);
