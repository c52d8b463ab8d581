import type { Verification, VerifyArgs } from '../../domain/activity-types.js';
import { getSite, installedApps } from '../../frappe-cloud/index.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';

/** Reads a new site back: is it as asked? (D 4.4) */
export function createVerifyActivities({ accounts, timing }: ActivityDeps) {
  return {
    /**
     * DNS and proxy lag behind "Active", so that it looks again until the deadline; what is then
     * still wrong is the answer.
     */
    async verifyProvision({ account: name, target, deadline }: VerifyArgs): Promise<Verification> {
      return whileBeating(async (signal): Promise<Verification> => {
        const account = accounts.get(name);
        const { site } = target;
        const found = await getSite(account.press, { site }, { signal });
        if (found.found !== 'own') {
          return { ok: false, failures: [`${site} is gone`], exceptions: [], details: {} };
        }
        const { status, creation_failed, plan, group, server } = found.site;
        const apps = await installedApps(account.press, { site }, { signal });
        const missing = apps === null ? [] : target.apps.filter((app) => !apps.includes(app));
        const probed = await account.probe(site, signal);
        const http = `it does not answer HTTP (${probed.reason ?? 'no reason'})`;
        const failures = [
          ...(status === 'Active' ? [] : [`it is ${status}, not Active`]),
          ...(creation_failed === null ? [] : [`its creation failed at ${creation_failed}`]),
          ...(plan === target.plan ? [] : [`its plan is ${plan}, asked was ${target.plan}`]),
          ...(missing.length === 0 ? [] : [`these apps are missing: ${missing.join(', ')}`]),
          ...(probed.ok || target.httpProbe === 'reported' ? [] : [http]),
        ];
        if (failures.length > 0 && Date.now() < deadline) {
          throw new NotYet(failures.join('; '), timing.verifyInterval);
        }
        return {
          ok: failures.length === 0,
          failures,
          exceptions: probed.ok || target.httpProbe === 'required' ? [] : [http],
          details: {
            address: `https://${site}`,
            plan: plan ?? '',
            group: group ?? '',
            server: server ?? '',
            apps: (apps ?? target.apps).join(', '),
          },
        };
      });
    },
  };
}
