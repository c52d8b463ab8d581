import type { Verification } from '../../domain/activity-types.js';
import type { VerifyMoveArgs } from '../../domain/moves.js';
import { type CallOptions, installedApps } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { differencesOf, readPlace } from './place.js';

/** Reads a site back that was moved; looks again until the deadline. */
export async function verifyMove(
  { accounts, timing }: ActivityDeps,
  { account: name, site: of, is, plan, apps, httpProbe, deadline }: VerifyMoveArgs,
  options: CallOptions & { readonly signal: AbortSignal },
): Promise<Verification> {
  const account = accounts.get(name);
  const [placed, has] = await Promise.all([
    readPlace(account, of, options),
    installedApps(account.press, { site: of }, options),
  ]);
  if (placed === null) {
    return { ok: false, failures: [`${of} is gone`], exceptions: [], details: {} };
  }
  const { site, place } = placed;
  const missing = has === null ? [] : apps.filter((app) => !has.includes(app));
  const probed = site.status === 'Active' ? await account.probe(of, options.signal) : null;
  const http = probed?.ok === false ? `it does not answer HTTP (${probed.reason ?? ''})` : null;
  const failures = [
    ...differencesOf(place, is),
    ...(site.status === 'Active' ? [] : [`its status is ${site.status}, not Active`]),
    ...(site.fatal_site_update === null ? [] : [`update ${site.fatal_site_update} marks it`]),
    ...(missing.length === 0 ? [] : [`these apps are missing: ${missing.join(', ')}`]),
    ...(http !== null && httpProbe === 'required' ? [http] : []),
  ];
  if (failures.length > 0 && Date.now() < deadline) {
    throw new NotYet(failures.join('; '), timing.verifyInterval);
  }
  return {
    ok: failures.length === 0,
    failures,
    exceptions: [
      ...(http !== null && httpProbe === 'reported' ? [http] : []),
      // A move to or from a server of our own changes it (C 2.9).
      ...(site.plan === plan ? [] : [`its plan is ${site.plan ?? 'none'} now, not ${plan}`]),
    ],
    details: {
      status: site.status,
      group: place.group ?? '',
      server: place.server ?? '',
      cluster: place.cluster ?? '',
      plan: site.plan ?? '',
    },
  };
}
