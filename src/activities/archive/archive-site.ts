import type { ArchiveArgs, HostNameArgs, RenewAppPlanArgs } from '../../domain/archiving.js';
import type { Sent } from '../../domain/trackers.js';
import {
  changeAppPlan,
  getSite,
  listAppSubscriptions,
  setHostName,
} from '../../frappe-cloud/index.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { archiveCommand } from './archive-command.js';

/** Remote effects of archiving, and of the way back from an archive that failed. */
export function createArchiveActivities(deps: ActivityDeps) {
  const { accounts } = deps;
  return {
    /** Begins to archive; the site is unreachable at once (B 4.2). */
    async beginArchive({ key, account, ...archiving }: ArchiveArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(deps, archiveCommand(deps, accounts.get(account), key, archiving, { signal })),
      );
    },

    /** Makes a domain primary again; by the way the billing of the site comes back (observed-2 5). */
    async setPrimaryDomain({ key, account: name, site, domain }: HostNameArgs): Promise<Sent> {
      const account = accounts.get(name);
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.site.set_host_name',
          payload: { site, domain },
          repeat: 'at_once',
          async locate() {
            const found = await getSite(account.press, { site }, { signal });
            return found.found === 'own' && found.site.host_name === domain
              ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
              : { state: 'none' };
          },
          async send() {
            await setHostName(account.press, { site, domain }, { signal });
            return { kind: 'done' };
          },
        }),
      );
    },

    /** Turns the subscription of an app on again, by its own plan (observed-2 5). */
    async renewAppPlan({ key, account: name, site, ...paid }: RenewAppPlanArgs): Promise<Sent> {
      const { press } = accounts.get(name);
      const { subscription, plan } = paid;
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account: accounts.get(name),
          endpoint: 'press.api.marketplace.change_app_plan',
          payload: { site, ...paid },
          repeat: 'at_once',
          async locate() {
            const rows = await listAppSubscriptions(press, { site }, { signal });
            const mine = rows.find((row) => row.name === subscription);
            return mine?.enabled && mine.plan === plan
              ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
              : { state: 'none' };
          },
          async send() {
            await changeAppPlan(press, { subscription, new_plan: plan }, { signal });
            return { kind: 'done' };
          },
        }),
      );
    },
  };
}
