import type { UpgradeSiteInput } from '../../domain/inputs.js';
import type { Check } from '../../domain/plan.js';
import {
  type Account,
  type AppCompatibility,
  checkAppCompatibility,
  PressError,
} from '../../frappe-cloud/index.js';
import { fail, pass } from '../checks.js';
import type { SiteReading } from '../site/site-reading.js';

/** What Press says, or why it says nothing: there is no next version, or a source is missing (C 1.3). */
export type Compatibility = AppCompatibility | string;

/**
 * Which apps stand in the way of the next version, and which are of one's own (C 1.3). Press names
 * the former by their titles.
 */
export function compatibilityChecks(
  found: Compatibility,
  input: UpgradeSiteInput,
  version: string,
): readonly Check[] {
  if (typeof found === 'string') return [fail('apps', found)];
  const own = found.site_custom_apps;
  return [
    found.can_upgrade && found.incompatible.length === 0
      ? pass('apps', `all have a release for ${version}`)
      : fail('apps', `no release for ${version}: ${found.incompatible.join(', ')}`),
    pass(
      'custom apps',
      own
        .map(({ app, repository_url, branch }) => `${app} (${repository_url}, ${branch})`)
        .join(', ') || 'none',
    ),
    ...(input.branches === undefined || input.newBench !== undefined
      ? []
      : [fail('branches', 'are for a bench that is built; a group that exists has its own')]),
  ];
}

/** Asks for it. Press refuses by a 417. */
export async function readCompatibility(
  account: Account,
  { site }: SiteReading,
): Promise<Compatibility> {
  try {
    const at = { site: site.name, version: site.version ?? '' };
    return await checkAppCompatibility(account.press, at);
  } catch (error) {
    if (error instanceof PressError && error.code === 'REFUSED') return error.message;
    throw error;
  }
}
