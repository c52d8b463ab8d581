import type { ReinstallArgs } from '../../domain/reinstall.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import { reinstallSite } from '../../frappe-cloud/index.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { locateByActivity } from '../locate-activity.js';

/** Empties a site, once: a second send after the first has ended would do it again (B 4.1). */
export function createReinstallActivities(deps: ActivityDeps) {
  return {
    async reinstallSite({ key, account: name, site }: ReinstallArgs): Promise<Sent> {
      const account = deps.accounts.get(name);
      const track = (job: string): Tracker => ({ kind: 'site-job', site, job });
      const deed = { key, site, action: 'Reinstall', track };
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.site.reinstall',
          payload: { site },
          repeat: 'after_horizon',
          locate: (since) => locateByActivity(deps, account, deed, since, { signal }),
          async send() {
            return track(await reinstallSite(account.press, { site }, { signal }));
          },
        }),
      );
    },
  };
}
