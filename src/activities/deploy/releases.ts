import type { DeployInformation } from '../../frappe-cloud/index.js';

type AppRow = DeployInformation['apps'][number];
export type Release = AppRow['releases'][number];

/** The newest release of an app that Press lets through; undefined when there is none. */
export const deployable = ({ releases }: Pick<AppRow, 'releases'>): Release | undefined =>
  releases.find(({ status, is_yanked }) => status === 'Approved' && !is_yanked);

/** An app as it goes into a plan, e.g. `erpnext 0186c0c → 5bba95f`. */
export function changeOf({ app, current_hash }: AppRow, next: Release): string {
  const from = current_hash === null ? 'new' : short(current_hash);
  const tag = next.tag ? ` (${next.tag})` : '';
  return `${app} ${from} → ${short(next.hash)}${tag}`;
}

const short = (hash: string): string => hash.slice(0, 7);
