import { BACKUP_CALLS } from './backup-calls.js';
import { OUR_CALLS } from './our-calls.js';
import { RECORDED, type Recorded } from './recordings.js';
import { UPGRADE_CALLS } from './upgrade-calls.js';

/** How often a real server answered an endpoint in the recordings, and how often it refused. */
export interface RecordedTimes {
  readonly answers: number;
  readonly refusals: number;
}

/** `Site.migrate` for a document's method, else the dotted method itself. */
export function endpointOf({ method, params }: Recorded): string {
  if (method !== 'press.api.client.run_doc_method') return method;
  return `${String(params.dt)}.${String(params.method)}`;
}

/** All that was recorded, by endpoint; a page for a browser with its redirect is an answer. */
export function recordedTimes(): ReadonlyMap<string, RecordedTimes> {
  const times = new Map<string, RecordedTimes>();
  for (const recorded of RECORDED) {
    for (const endpoint of new Set([endpointOf(recorded), recorded.method])) {
      const { answers, refusals } = times.get(endpoint) ?? { answers: 0, refusals: 0 };
      const refused = Number(recorded.status >= 400);
      times.set(endpoint, { answers: answers + 1 - refused, refusals: refusals + refused });
    }
  }
  return times;
}

/** Endpoints whose recorded answers our schemas are tested with; the first one answers a page. */
export const PARSED: ReadonlySet<string> = new Set(
  [
    'press.api.site.confirm_site_transfer',
    ...OUR_CALLS,
    ...Object.keys(UPGRADE_CALLS),
    ...Object.keys(BACKUP_CALLS),
  ].map((name) => name.replace(/^run_doc_method /, '')),
);
