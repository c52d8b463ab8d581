import type { PlanArgs } from '../../domain/activity-types.js';
import type { ArchiveTarget } from '../../domain/archiving.js';
import type { ArchiveSiteInput } from '../../domain/inputs.js';
import type { Check, Plan, PlanStep } from '../../domain/plan.js';
import { type SafetyCopyPlan, safetyCopySteps } from '../../domain/safety-copy.js';
import {
  checkAccount,
  getSite,
  getSitePlans,
  listAppSubscriptions,
  listBackups,
  listDomains,
  type Account,
  type Site,
} from '../../frappe-cloud/index.js';
import { fail, pass, teamCheck } from '../checks.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf, type Draft } from '../planning.js';
import { planSafetyCopy } from '../safety-copy/index.js';
import { siteFacts } from '../site/site-facts.js';
import { backupsCheck, isArchivable, scheduledCheck, statusCheck } from './archive-checks.js';

/**
 * Preflight of an archive: read-only. Says what will be lost, what could not be put back, and what
 * stands in the way (B 4.2).
 */
export function createPlanArchiveActivities(deps: ActivityDeps) {
  return {
    async planArchive(args: PlanArgs<ArchiveSiteInput>): Promise<Plan<ArchiveTarget>> {
      return whileBeating(() => plan(args));
    },
  };

  async function plan({ ref, input: given, underLock }: PlanArgs<ArchiveSiteInput>) {
    const input = inputOf('archive', given);
    const account = deps.accounts.get(input.account);
    const [self, found] = await Promise.all([
      checkAccount(account),
      getSite(account.press, { site: input.site }),
    ]);
    const team = teamCheck(account, self);
    const draft =
      found.found === 'own'
        ? await draftOf(account, input, { site: found.site, team, underLock })
        : absent(input, [team, fail('site', `${input.site} is no site of this team`)]);
    return announcePlan(deps, { ref, underLock }, draft);
  }

  async function draftOf(
    account: Account,
    input: ArchiveSiteInput,
    { site, team, underLock }: { site: Site; team: Check; underLock: boolean },
  ): Promise<Draft<ArchiveTarget>> {
    const { press } = account;
    const { name } = site;
    const mode = { mode: 'new', skip: input.safetyCopy === 'skip' } as const;
    const [plans, rows, subscriptions, copy, ...checks] = await Promise.all([
      getSitePlans(press),
      listDomains(press, { site: name }),
      listAppSubscriptions(press, { site: name }),
      planSafetyCopy(deps, account, name, mode),
      scheduledCheck(account, name),
      backupsCheck(account, name),
    ]);
    const plan = plans.find((candidate) => candidate.name === site.plan);
    const target: ArchiveTarget = {
      site: name,
      copy: copy.plan,
      // Press keeps one offsite backup of an archived site, the newest (B 4.2): not to be ours pushed out.
      finalBackup: isOffsite(copy.plan) ? false : (input.finalBackup ?? true),
      statusBefore: isArchivable(site.status) ? site.status : 'Active',
      hostName: site.host_name ?? name,
      domains: rows.map(({ domain }) => domain).filter((domain) => domain !== name),
      appPlans: subscriptions.flatMap(({ app, plan: appPlan, name: subscription }) =>
        appPlan ? [{ app, plan: appPlan, subscription }] : [],
      ),
      httpProbe: site.status === 'Broken' ? 'reported' : deps.policy.verification.http,
    };
    return {
      ...outlineOf(input, target),
      summary: [plan ? `${plan.name} (${plan.price_usd} USD a month)` : site.plan, site.version]
        .concat(target.domains)
        .filter(Boolean)
        .join(' · '),
      checks: [
        team,
        pass('site', name),
        statusCheck(site, underLock),
        ...checks,
        ...copy.checks,
        ...(await standInChecks(account, name, copy.plan)),
      ],
      facts: {
        requestedBy: input.requestedBy,
        ...siteFacts({ site, priceUsd: plan?.price_usd }),
        ...(input.safetyCopy === 'skip' && { skipsSafetyCopy: true }),
      },
      acknowledge: copy.acknowledge,
    };
  }
}

const isOffsite = ({ standIn }: SafetyCopyPlan): boolean => standIn?.where === 'offsite';

/** Archiving deletes every offsite backup but the newest, which has to be the one we rely on. */
async function standInChecks(
  { press }: Account,
  site: string,
  plan: SafetyCopyPlan,
): Promise<readonly Check[]> {
  if (!isOffsite(plan)) return [];
  const query = { site, statuses: ['Success'], offsite: true, limit: 1 } as const;
  const [newest] = await listBackups(press, query);
  if (newest?.name === plan.standIn?.handle) return [];
  const why = `Press would delete ${plan.standIn?.handle} while archiving, it is not the newest`;
  return [fail('stand-in', `${why}: bring a copy into the vault first`)];
}

/** What is said of a site that is not there. */
function absent(input: ArchiveSiteInput, checks: readonly Check[]): Draft<ArchiveTarget> {
  const { site, requestedBy } = input;
  const target: ArchiveTarget = {
    site,
    copy: { mode: 'none', maxAgeMs: 0 },
    finalBackup: false,
    statusBefore: 'Active',
    hostName: site,
    domains: [],
    appPlans: [],
    httpProbe: 'reported',
  };
  const facts = { requestedBy, sites: 1 };
  return { ...outlineOf(input, target), summary: site, checks, facts };
}

function outlineOf({ site }: ArchiveSiteInput, target: ArchiveTarget) {
  return {
    site,
    target,
    steps: stepsOf(target),
    pointOfNoReturn: 'archive',
    mayLose: lossesOf(target),
    resources: [`site:${site}`],
    estimateSeconds: 20 * 60,
  };
}

function stepsOf({ copy }: ArchiveTarget): readonly PlanStep[] {
  const undo = 'if it fails: activate the site, primary domain, app plans; not when it is dropped';
  return [...safetyCopySteps(copy), { name: 'archive', undo }, { name: 'verify' }];
}

function whatNoCopyHolds({ mode, standIn }: SafetyCopyPlan): string {
  if (mode === 'none' || standIn === null) {
    return 'everything, should the last backup of Press fail: there is no copy';
  }
  if (standIn === undefined) return 'what is entered after the safety copy';
  return `what was entered since ${standIn.takenAt}, when the copy was made`;
}

/** For those who approve: what goes, and what no unarchive brings back (B 4.2, observed-2 5). */
function lossesOf({ copy, domains, appPlans }: ArchiveTarget): readonly string[] {
  const apps = appPlans.map(({ app }) => app);
  return [
    whatNoCopyHolds(copy),
    ...(domains.length > 0
      ? [`the domains ${domains.join(', ')}, their certificates and DNS`]
      : []),
    ...(apps.length > 0 ? [`the subscriptions of ${apps.join(', ')}`] : []),
    'Database Users and their passwords, if it has any',
    'every backup at Press but the newest offsite one, and all snapshots',
    'the history of the site under its name',
  ];
}
