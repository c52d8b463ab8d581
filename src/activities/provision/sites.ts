import type { CreateSiteArgs, DnsAnswer, DnsArgs } from '../../domain/activity-types.js';
import type { Sent } from '../../domain/trackers.js';
import { checkDns } from '../../frappe-cloud/index.js';
import { activityInfo } from '@temporalio/activity';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { creationCommand } from './site-creation.js';

/** Remote effects of provisioning, each sent once (D 4.1). */
export function createSiteActivities(deps: ActivityDeps) {
  const { accounts, timing } = deps;
  return {
    async createSite({ key, account, target }: CreateSiteArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(deps, creationCommand(accounts.get(account), key, target, { signal })),
      );
    },

    /** Waits for the DNS of a custom domain by benign retries, until the deadline of policy. */
    async awaitDns({ account: name, site, domain, deadline }: DnsArgs): Promise<DnsAnswer> {
      return whileBeating(async (signal) => {
        const answer = await checkDns(accounts.get(name).press, { site, domain }, { signal });
        if (answer.ready || Date.now() >= deadline) return answer;
        const patience =
          timing.pollFirst * timing.pollFactor ** Math.min(activityInfo().attempt, 30);
        const left = deadline - Date.now();
        throw new NotYet(answer.reason, Math.max(1, Math.min(patience, timing.pollMaxLate, left)));
      });
    },
  };
}
