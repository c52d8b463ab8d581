import type { PlanArgs } from '../../domain/activity-types.js';
import { HAND_OVER_KINDS, handOverStep } from '../../domain/hand-over.js';
import type { ProvisionSiteInput } from '../../domain/inputs.js';
import type { Check, Plan, PlanStep, ProvisionTarget } from '../../domain/plan.js';
import { checkAccount, getDomain, getSitePlans } from '../../frappe-cloud/index.js';
import { pass, teamCheck } from '../checks.js';
import { configCheck } from '../config-check.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { announcePlan, inputOf, type Draft } from '../planning.js';
import { choosePlace } from './placement.js';
import {
  allowedAppsCheck,
  checkAppPlans,
  domainChecks,
  nameCheck,
  planCheck,
  type Findings,
} from './provision-checks.js';

/**
 * Preflight of a provision: read-only. Resolves everything that Press would choose silently, and
 * checks what Press does not: that a group is ours or public, that version, cluster and apps are
 * on its bench, that the plan does not lead to another path (A 3.2, observed N2, N3).
 */
export function createPlanProvisionActivities(deps: ActivityDeps) {
  const { accounts, ledger, policy } = deps;
  return {
    async planProvision(args: PlanArgs<ProvisionSiteInput>): Promise<Plan<ProvisionTarget>> {
      return whileBeating(() => plan(args));
    },
  };

  async function plan({ ref, input: given, underLock }: PlanArgs<ProvisionSiteInput>) {
    const input = inputOf('provision', given);
    const account = accounts.get(input.account);
    const [self, rootDomain, plans] = await Promise.all([
      checkAccount(account),
      input.domain ?? getDomain(account.press),
      getSitePlans(account.press),
    ]);
    const plan = plans.find(({ name }) => name === input.plan);
    const place = await choosePlace(account, input, { plan, rootDomain });
    const target: ProvisionTarget = {
      path: place.path,
      provider: place.provider,
      server: input.server ?? null,
      onSiteFailure: policy.privateBench.onSiteFailure,
      site: `${input.subdomain}.${rootDomain}`,
      subdomain: input.subdomain,
      domain: rootDomain,
      team: account.team,
      plan: input.plan,
      version: input.version,
      cluster: place.cluster ?? '',
      group: place.group?.name ?? '',
      groupTitle: place.group?.title ?? `new bench ${input.subdomain}`,
      apps: input.apps,
      configKeys: Object.keys(input.config ?? {}).sort(),
      customDomains: input.customDomains ?? [],
      appPlans: input.appPlans ?? {},
      handOver: HAND_OVER_KINDS.filter((kind) => input.handOver?.includes(kind)),
      dnsDeadlineMs: policy.customDomains.dnsDeadlineMs,
      httpProbe: policy.verification.http,
    };
    const ours = (await ledger.commandsOf(ref.operationId)).some(
      ({ step, state }) => step === 'create' && (state === 'sent' || state === 'settled'),
    );
    const findings = { input, place, plan, plans, target };
    const appPlans = await checkAppPlans(account, target);
    const checks = [
      teamCheck(account, self),
      ours ? pass('name', 'made by this very operation') : await nameCheck(account, target.site),
      ...place.checks,
      planCheck(findings),
      allowedAppsCheck(findings, policy),
      await configCheck(deps, input.config ?? {}),
      ...appPlans.checks,
      ...(await domainChecks(account, target)),
    ];
    return announcePlan(deps, { ref, underLock }, draftOf(findings, checks, appPlans.priceUsd));
  }
}

/** The checked target, and what is said of it. */
function draftOf(
  { input, plan, target }: Findings,
  checks: readonly Check[],
  appPriceUsd: number | null,
): Draft<ProvisionTarget> {
  return {
    site: target.site,
    summary: [
      plan ? `${plan.name} (${plan.price_usd} USD a month)` : target.plan,
      target.version,
      target.apps.join(', '),
      target.cluster,
      target.groupTitle,
    ].join(' · '),
    target,
    steps: stepsOf(target),
    pointOfNoReturn: null,
    mayLose: [],
    checks,
    facts: {
      requestedBy: input.requestedBy,
      ...(plan && { planPriceUsd: plan.price_usd }),
      ...(appPriceUsd !== null && { appPriceUsd }),
      apps: target.apps,
      sites: 1,
      tags: [],
    },
    // The subdomain too: private paths make a group titled by it (D 4.1).
    resources: [`site:${target.site}`, `subdomain:${target.subdomain}`],
    estimateSeconds: NEW_BENCH.includes(target.path) ? 45 * 60 : 5 * 60,
  };
}

const NEW_BENCH: readonly string[] = ['private', 'dedicated'];

function stepsOf(target: ProvisionTarget): readonly PlanStep[] {
  const withSite = 'goes with the site';
  const undo = NEW_BENCH.includes(target.path)
    ? 'archive the half-made site, drop its bench group and benches'
    : 'archive the half-made site';
  return [
    { name: 'create', undo },
    ...(target.configKeys.length > 0 ? [{ name: 'config', undo: withSite }] : []),
    ...Object.keys(target.appPlans).map((app) => ({ name: `app plan ${app}`, undo: withSite })),
    ...target.customDomains.map((domain) => ({ name: `domain ${domain}`, undo: withSite })),
    { name: 'verify' },
    ...target.handOver.map((kind) => ({ name: handOverStep(kind), undo: withSite })),
  ];
}
