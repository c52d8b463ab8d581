import type {
  AppPlanArgs,
  CreateSiteArgs,
  DnsAnswer,
  DnsArgs,
  DomainArgs,
  SetConfigArgs,
} from '../../domain/activity-types.js';
import type { ConfigValue } from '../../domain/inputs.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import {
  addDomain,
  changeAppPlan,
  checkDns,
  domainExists,
  listAppSubscriptions,
  listDomains,
  listSiteJobs,
  mergeConfig,
  type Account,
  type CallOptions,
} from '../../frappe-cloud/index.js';
import { activityInfo } from '@temporalio/activity';
import { afterEffect, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { NotYet, Refused } from '../errors.js';
import { whileBeating } from '../heartbeat.js';
import { creationCommand } from './site-creation.js';

/** Carries a changed configuration to the server (C 5.2). */
const CONFIG_JOB = 'Update Site Configuration';

/** Remote effects of provisioning, each sent once (D 4.1). */
export function createSiteActivities(deps: ActivityDeps) {
  const { accounts, timing } = deps;
  return {
    async createSite({ key, account, target }: CreateSiteArgs): Promise<Sent> {
      return whileBeating((signal) =>
        runCommand(deps, creationCommand(accounts.get(account), key, target, { signal })),
      );
    },

    /** Sets config keys, leaving the others; secrets are opened here and nowhere else (D 7). */
    async setConfig({ key, account: name, site, config }: SetConfigArgs): Promise<Sent> {
      const account = accounts.get(name);
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.client.run_doc_method Site.update_config',
          payload: { site, keys: Object.keys(config).sort() },
          // The same values again are another job and no harm (A 7).
          repeat: 'at_once',
          async locate(since) {
            const tracker = await newestJob(account, site, CONFIG_JOB, since, { signal });
            return tracker ? { state: 'found', tracker, evidence: {} } : { state: 'none' };
          },
          send: async (since) => {
            await mergeConfig(account.press, { site, config: await opened(config) }, { signal });
            const tracker = await afterEffect(deps, () =>
              newestJob(account, site, CONFIG_JOB, since, { signal }),
            );
            return tracker ?? { kind: 'done' };
          },
        }),
      );
    },

    /** Adds a custom domain whose DNS is ready. */
    async addDomain({ key, account: name, site, domain }: DomainArgs): Promise<Sent> {
      const account = accounts.get(name);
      const tracker: Tracker = { kind: 'site-domain', site, domain };
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.site.add_domain',
          payload: { site, domain },
          repeat: 'at_once',
          async locate() {
            const owner = await domainExists(account.press, { domain }, { signal });
            if (owner === null) return { state: 'none' };
            return owner === site
              ? { state: 'found', tracker, evidence: {} }
              : { state: 'foreign', reason: `${domain} belongs to another site` };
          },
          async send() {
            await addDomain(account.press, { site, domain }, { signal });
            // A 200 promises nothing: when DNS does not match, nothing is created (C 5.8).
            const rows = await afterEffect(deps, () =>
              listDomains(account.press, { site }, { signal }),
            );
            if (rows.some((row) => row.domain === domain)) return tracker;
            throw new Refused(`Press added nothing for ${domain}: its DNS does not point here`);
          },
        }),
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

    /** Sets the marketplace plan of an installed app; synchronous and idempotent (C 4.8). */
    async setAppPlan({ key, account: name, site, app, plan }: AppPlanArgs): Promise<Sent> {
      const account = accounts.get(name);
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.marketplace.change_app_plan',
          payload: { site, app, plan },
          repeat: 'at_once',
          async locate() {
            const rows = await listAppSubscriptions(account.press, { site }, { signal });
            return rows.some((row) => row.app === app && row.plan === plan)
              ? { state: 'found', tracker: { kind: 'done' }, evidence: {} }
              : { state: 'none' };
          },
          async send() {
            const rows = await listAppSubscriptions(account.press, { site }, { signal });
            const subscription = rows.find((row) => row.app === app)?.name;
            if (subscription === undefined)
              throw new Refused(`${site} has no subscription of ${app}`);
            await changeAppPlan(account.press, { subscription, new_plan: plan }, { signal });
            return { kind: 'done' };
          },
        }),
      );
    },
  };

  async function opened(
    config: Readonly<Record<string, ConfigValue>>,
  ): Promise<Record<string, string | number | boolean>> {
    const entries = Object.entries(config).map(
      async ([key, value]) =>
        [key, typeof value === 'object' ? await deps.unseal(value) : value] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
}

/**
 * The job that a call with an empty answer has started: the newest of its type since the send.
 * Press writes the job in the same transaction, so that one read decides (A 4.3).
 */
async function newestJob(
  account: Account,
  site: string,
  jobType: string,
  since: number,
  options: CallOptions,
): Promise<Tracker | null> {
  const listed = await listSiteJobs(account.press, { site, job_types: [jobType] }, options);
  const jobs = listed.found === 'own' ? listed.jobs : [];
  const { clock } = account;
  const job = jobs.find(
    ({ creation }) => !clock.calibrated || clock.parse(creation) >= since - 5_000,
  );
  return job ? { kind: 'site-job', site, job: job.name } : null;
}
