import type { Verification } from '../../domain/activity-types.js';
import type { VerifyBackArgs } from '../../domain/archiving.js';
import { getSite, type Account, type CallOptions } from '../../frappe-cloud/index.js';

/**
 * One look at a site whose archive has failed: Press calls one Active that no server answers for
 * (observed-2 5).
 */
export async function readBroughtBack(
  account: Account,
  { site, httpProbe }: Pick<VerifyBackArgs, 'site' | 'httpProbe'>,
  options: CallOptions,
): Promise<Verification> {
  const found = await getSite(account.press, { site }, options);
  const status = found.found === 'own' ? found.site.status : 'gone';
  const probed = await account.probe(site, options.signal);
  const silent = probed.ok ? [] : [`it does not answer HTTP (${probed.reason ?? 'no reason'})`];
  const failures = [
    ...(status === 'Active' ? [] : [`it is ${status}`]),
    ...(httpProbe === 'required' ? silent : []),
  ];
  return {
    ok: failures.length === 0,
    failures,
    exceptions: httpProbe === 'reported' ? silent : [],
    details: { status },
  };
}
