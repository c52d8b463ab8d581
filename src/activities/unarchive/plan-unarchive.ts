import type { PlanArgs } from '../../domain/activity-types.js';
import type { ArchiveTarget, UnarchiveTarget } from '../../domain/archiving.js';
import type { ProvisionSiteInput, UnarchiveSiteInput } from '../../domain/inputs.js';
import type { Check, Plan, ProvisionTarget } from '../../domain/plan.js';
import type { SafetyCopy } from '../../domain/safety-copy.js';
import {
  checkAccount,
  getSitePlans,
  type Account,
  type SitePlan,
} from '../../frappe-cloud/index.js';
import { teamCheck } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf, type Draft } from '../planning.js';
import { choosePlace, type Place } from '../provision/placement.js';
import { nameCheck, planCheck } from '../provision/provision-checks.js';
import { archivedByUs, archivedSites, versionOf, type ArchivedSite } from './archived-site.js';
import { chooseCopy } from './choose-copy.js';
import { archivedCheck, versionCheck } from './unarchive-checks.js';

/**
 * Preflight of an unarchive: read-only. Finds what the site was, a copy of it, and a place for it; says
 * what will not come back (observed-2 5).
 */
export function createPlanUnarchiveActivities(deps: ActivityDeps) {
  const { accounts, ledger, policy } = deps;
  return {
    async planUnarchive(args: PlanArgs<UnarchiveSiteInput>): Promise<Plan<UnarchiveTarget>> {
      return whileBeating(() => plan(args));
    },
  };

  async function plan({ ref, input: given, underLock }: PlanArgs<UnarchiveSiteInput>) {
    const input = inputOf('unarchive', given);
    const account = accounts.get(input.account);
    const [self, archived, plans] = await Promise.all([
      checkAccount(account),
      archivedSites(account, input.site),
      getSitePlans(account.press),
    ]);
    const source = await chooseCopy(deps, account, input, archived);
    const was = archived[0];
    const wanted = await wantedSite(account, input, was, source.apps);
    const sitePlan = plans.find(({ name }) => name === wanted.plan);
    const place = await choosePlace(account, wanted, {
      plan: sitePlan,
      rootDomain: wanted.domain ?? '',
    });
    const site = targetOf(account, wanted, place);
    const before = await archivedByUs(ledger, input.site);
    const target: UnarchiveTarget = {
      site,
      copy: source.copy ?? NO_COPY,
      archivedAs: was?.name ?? null,
      lost: lostOf(was, before),
    };
    const findings = { input: wanted, place, plan: sitePlan, plans, target: site };
    const checks = [
      teamCheck(account, self),
      archivedCheck(input, was),
      await nameCheck(account, input.site),
      source.check,
      versionCheck(source.copy, site.version),
      ...place.checks,
      planCheck(findings),
    ];
    return announcePlan(deps, { ref, underLock }, draftOf(input, target, sitePlan, checks));
  }

  function targetOf(account: Account, wanted: ProvisionSiteInput, place: Place): ProvisionTarget {
    const { subdomain, domain = '', plan: planName, version, apps } = wanted;
    return {
      path: place.path,
      provider: place.provider,
      server: null,
      onSiteFailure: policy.privateBench.onSiteFailure,
      site: `${subdomain}.${domain}`,
      subdomain,
      domain,
      team: account.team,
      plan: planName,
      version,
      cluster: place.cluster ?? '',
      group: place.group?.name ?? '',
      groupTitle: place.group?.title ?? '',
      apps,
      configKeys: [],
      customDomains: [],
      appPlans: {},
      handOver: [],
      dnsDeadlineMs: policy.customDomains.dnsDeadlineMs,
      httpProbe: policy.verification.http,
    };
  }
}

/** Stands in a plan that is refused because there is none. */
const NO_COPY: SafetyCopy = {
  where: 'vault',
  handle: '',
  site: '',
  takenAt: '',
  version: null,
  bytes: 0,
  parts: [],
};

/** The site as it is to be made: what was asked for, else what it was. */
async function wantedSite(
  account: Account,
  { account: name, requestedBy, site, ...asked }: UnarchiveSiteInput,
  was: ArchivedSite | undefined,
  apps: readonly string[] | null,
): Promise<ProvisionSiteInput> {
  const [subdomain = '', ...rest] = site.split('.');
  const group = asked.group ?? was?.group ?? '';
  // A cluster that was left out is the first of the group; one of another group means nothing here.
  const cluster = group === was?.group ? was.cluster : null;
  return {
    account: name,
    requestedBy,
    subdomain,
    domain: rest.join('.'),
    plan: asked.plan ?? was?.plan ?? '',
    version: (group && (await versionOf(account, group))) || (was?.version ?? ''),
    apps: apps ?? was?.apps ?? [],
    group,
    ...(cluster !== null && { cluster }),
  };
}

/** What Press has given away, and where the rest lies (observed-2 5). */
function lostOf(
  was: ArchivedSite | undefined,
  before: ArchiveTarget | null,
): UnarchiveTarget['lost'] {
  const named = (names: readonly string[] | undefined): string =>
    names === undefined ? 'if it had any, ' : `${names.join(', ')}: `;
  const apps = before?.appPlans.map(({ app }) => app);
  return {
    ...(before?.domains.length !== 0 && {
      'custom domains': `${named(before?.domains)}to be added again once their DNS points here`,
    }),
    ...(apps?.length !== 0 && { 'app plans': `${named(apps)}to be subscribed to again` }),
    'Database Users': 'if it had any, they have to be made again',
    ...(was && { 'older backups': `what is left of them is listed under ${was.name}` }),
    ...(was && { history: `its jobs and activities are listed under ${was.name}` }),
  };
}

function draftOf(
  { site, requestedBy }: UnarchiveSiteInput,
  target: UnarchiveTarget,
  plan: SitePlan | undefined,
  checks: readonly Check[],
): Draft<UnarchiveTarget> {
  const { copy, site: made } = target;
  const withSite = 'goes with the site';
  return {
    site,
    summary: [
      plan ? `${plan.name} (${plan.price_usd} USD a month)` : made.plan,
      made.version,
      made.groupTitle,
      `from ${copy.where === 'vault' ? 'the vault' : "Press's backup"} of ${copy.takenAt}`,
    ].join(' · '),
    target,
    steps: [
      { name: 'create', undo: 'archive the new site' },
      { name: 'restore', undo: withSite },
      { name: 'verify' },
    ],
    pointOfNoReturn: null,
    mayLose: [],
    checks,
    facts: {
      requestedBy,
      ...(plan && { planPriceUsd: plan.price_usd }),
      apps: made.apps,
      sites: 1,
      // It is made anew.
      tags: [],
    },
    resources: [`site:${site}`, `subdomain:${made.subdomain}`],
    estimateSeconds: 20 * 60,
  };
}
