import type { FaultRule, JobFault } from '../../../simulators/press/index.js';
import type { AdjustmentKind } from '../../../src/domain/operations.js';
import { eventually, makeActive, onJob, siteIn } from '../../integration/provision/support.js';
import { actOn } from '../../integration/safety-copy/support.js';
import { subscriptionsOf } from '../../integration/adjustments/support.js';
import type { Names, Row, Scene } from '../row.js';

/** What is asked: members of the input of its kind, which is told here too. */
export interface Asking {
  readonly kind: AdjustmentKind;
  readonly [name: string]: unknown;
}

export type AdjustmentRow = Row<Asking>;

export const PAID_APP = 'insights';
export const BASIC = 'MARKETPLACE-PLAN-insights-002';
export const PRO = 'MARKETPLACE-PLAN-insights-003';
export const USUAL_PLAN = 'USD 25';

/** Where updates are released, which changes what the sites of a group are offered. */
export const UPDATES_GROUP = 'bench-0002';

/** How the site of every row stands unless a row says otherwise. */
export const PLAIN = 'the site, Active';

/** Makes the site of a row. */
export const makeSiteOf =
  (change: object = {}) =>
  async ({ harness, subdomain }: Scene): Promise<void> => {
    await makeActive(harness, subdomain, change);
  };

const USUAL_APPS: readonly string[] = ['frappe', 'erpnext'];
/** Made by Press itself for every site. */
const USUAL_KEYS: readonly string[] = ['rate_limit', 'host_name', 'plan_limit'];

/** What stands at Press, in words: what is not as a plain site has it. */
export function siteLeft({ harness, site: name }: Scene): string {
  const { domains, updates, subscriptions } = harness.simulator.estate();
  const site = siteIn(harness, name);
  if (site === undefined) return 'no site';
  const config = Object.entries(site.config).filter(([key]) => !USUAL_KEYS.includes(key));
  const more = site.apps.filter((app) => !USUAL_APPS.includes(app));
  const less = USUAL_APPS.filter((app) => !site.apps.includes(app));
  const paid = subscriptions.filter((row) => row.site === name && row.enabled && row.app !== null);
  return [
    `the site, ${site.status}`,
    ...(site.plan === USUAL_PLAN ? [] : [site.plan]),
    ...more.map((app) => `with ${app}`),
    ...less.map((app) => `without ${app}`),
    ...paid.map(({ plan }) => (plan === PRO ? 'paid for, pro' : 'paid for')),
    ...config.map(([key, value]) => `${key}=${value}`),
    ...domains
      .filter(({ site: of, domain }) => of === name && domain !== name)
      .map(({ domain, status, redirects }) =>
        [
          `its domain ${status}`,
          ...(domain === site.hostName ? ['primary'] : []),
          ...(redirects ? ['redirecting'] : []),
        ].join(' and '),
      ),
    ...updates
      .filter(({ site: of }) => of === name)
      .map(({ status, scheduledTime }) =>
        scheduledTime?.startsWith('2099-02')
          ? `its update ${status}, later`
          : `its update ${status}`,
      ),
  ].join('; ');
}

/** The key that rows are about has a value before. */
export const withCurrency = async (scene: Scene): Promise<void> => {
  await makeSiteOf()(scene);
  await actOn(scene.harness, scene.site, 'update_config', { config: { currency: 'INR' } });
  await atRest(scene);
};

/** A domain that was added past Sitewright. */
export const withDomain =
  (then: readonly string[] = [], certificate = true) =>
  async (scene: Scene): Promise<void> => {
    const { harness, site, domain } = scene;
    await makeSiteOf()(scene);
    harness.simulator.setDns(domain, { CNAME: [site], certificate });
    await actOn(harness, site, 'add_domain', { domain });
    await eventually(() => statusOf(scene) === (certificate ? 'Active' : 'Broken'));
    harness.simulator.setDns(domain, { CNAME: [site] });
    for (const method of then) await actOn(harness, site, method, { domain });
    await atRest(scene);
  };

const statusOf = ({ harness, domain: name }: Scene): string | undefined =>
  harness.simulator.estate().domains.find(({ domain }) => domain === name)?.status;

/** DNS that points to the site that is to be made. */
export const withDns = async (scene: Scene): Promise<void> => {
  await makeSiteOf()(scene);
  scene.harness.simulator.setDns(scene.domain, { CNAME: [scene.site] });
};

/** An app that is paid for. */
export const withPaidApp = async (scene: Scene): Promise<void> => {
  const { harness, site } = scene;
  await makeSiteOf()(scene);
  await actOn(harness, site, 'install_app', { app: PAID_APP, plan: BASIC });
  await eventually(() => siteIn(harness, site)?.status === 'Active');
  await atRest(scene);
};

/** Its subscription, by which Press knows it. */
export async function subscriptionOf({ harness, site }: Scene): Promise<string> {
  const [row] = await subscriptionsOf(harness, site);
  return row?.name ?? '';
}

/** An update that Press is to begin in a month. */
export const withUpdate = async (scene: Scene): Promise<void> => {
  const { harness, site } = scene;
  await makeSiteOf({ group: UPDATES_GROUP, version: 'Version 14' })(scene);
  harness.simulator.releaseUpdate(UPDATES_GROUP);
  await actOn(harness, site, 'schedule_update', { scheduled_time: LATER });
};

/** As Press writes it, and as we do. */
const LATER = '2099-01-01 10:00:00';
export const EVEN_LATER = '2099-02-01T10:00:00Z';

/** Until no job of the site is open, so that what a test does finds no other. */
async function atRest({ harness, site }: Scene): Promise<void> {
  const open = () =>
    harness.simulator
      .estate()
      .jobs.filter((job) => job.site === site && !/Success|Failure/.test(job.status));
  await eventually(() => open().length === 0);
}

/** Lets jobs of one type fail, one unless told otherwise. */
export const jobFails =
  (jobType: string, times = 1, fault: JobFault = { kind: 'fail_step', step: 0 }) =>
  ({ site }: Names): readonly FaultRule[] => [onJob(site, jobType, fault, { times })];
