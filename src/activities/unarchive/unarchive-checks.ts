import type { UnarchiveSiteInput } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import type { SafetyCopy } from '../../domain/safety-copy.js';
import { fail, pass, warn } from '../checks.js';
import type { ArchivedSite } from './archived-site.js';

/** What is not given has to come from there. */
export function archivedCheck(
  { site, plan, group }: UnarchiveSiteInput,
  was: ArchivedSite | undefined,
): Check {
  if (was !== undefined) return pass('archived site', was.name);
  const missing = plan === undefined || group === undefined;
  const detail = `Press knows of no archived ${site}`;
  return missing
    ? fail('archived site', `${detail}: name a plan and a group`)
    : warn('archived site', detail);
}

/** A restore migrates forward to the bench it lands on, never back (B 2.4). */
export function versionCheck(copy: SafetyCopy | null, version: string): Check {
  const from = copy?.version ?? null;
  if (from === null) return warn('copy version', 'the version of the copy is not known');
  if (from === version) return pass('copy version', from);
  const [older, newer] = [numberOf(from), numberOf(version)];
  return older < newer
    ? warn('copy version', `the copy is of ${from}: it will be migrated to ${version}`)
    : fail('copy version', `the copy is of ${from}, the group runs ${version}`);
}

const numberOf = (version: string): number => Number(/\d+/.exec(version)?.[0] ?? NaN);
