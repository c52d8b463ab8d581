import type { ProvisionTarget } from '../../src/domain/plan.js';
import {
  type Account,
  checkAccount,
  domainExists,
  getDomain,
  getJob,
  getSite,
  getSitePlans,
  installedApps,
  listSites,
  newSite,
  newSiteOptions,
} from '../../src/frappe-cloud/index.js';

/** The reads and the one mutation of a provision, without anything around them. */
export function createPlainActivities(account: Account) {
  const { press } = account;
  return {
    async preflight({ site }: ProvisionTarget): Promise<void> {
      await Promise.all([checkAccount(account), getDomain(press), getSitePlans(press)]);
      await newSiteOptions(press);
      await Promise.all([getSite(press, { site }), domainExists(press, { domain: site })]);
    },
    async create(target: ProvisionTarget): Promise<string> {
      const { subdomain: name, domain, apps, plan, version, cluster, group } = target;
      const answer = await newSite(press, { name, domain, apps, plan, version, cluster, group });
      if (!('site' in answer) || answer.job === null) throw new Error('not the shared path');
      return answer.job;
    },
    async isActive(site: string, job: string): Promise<boolean> {
      const [row] = await listSites(press, { names: [site] });
      if (row?.status === 'Active') return true;
      await getJob(press, { job });
      return false;
    },
    async verify(site: string): Promise<void> {
      await getSite(press, { site });
      await installedApps(press, { site });
      await account.probe(site);
    },
  };
}
export type PlainActivities = ReturnType<typeof createPlainActivities>;
