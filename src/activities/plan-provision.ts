import type { OperationRef } from '../domain/activity-types.js';
import type { ProvisionSiteInput } from '../domain/operations.js';
import type { Check, Plan, PlanStep, ProvisionTarget } from '../domain/plan.js';
import { evaluateProvision, forbiddenConfigKeys, type Policy } from '../domain/policy.js';
import {
  checkAccount,
  domainExists,
  getAppPlans,
  getDomain,
  getSite,
  getSitePlans,
  type Account,
  type SitePlan,
} from '../frappe-cloud/index.js';
import type { Json } from '../ledger/types.js';
import { checkProvisionSiteInput } from '../schemas/provision-site.js';
import { hashOf } from '../schemas/hash.js';
import type { ActivityDeps } from './deps.js';
import { Refused } from './errors.js';
import { choosePlace, near, type Place } from './placement.js';

/** What preflight read; its checks look at nothing else. */
interface Findings {
  readonly input: ProvisionSiteInput;
  readonly place: Place;
  readonly plan: SitePlan | undefined;
  readonly plans: readonly SitePlan[];
  readonly target: ProvisionTarget;
}

/**
 * Preflight of a provision: read-only. Resolves everything that Press would choose silently, and
 * checks what Press does not: that a group is ours or public, that version, cluster and apps are
 * on its bench, that the plan does not lead to another path (A 3.2, observed N2, N3).
 */
export function createPlanProvisionActivities(deps: ActivityDeps) {
  const { accounts, ledger, policy } = deps;
  return {
    async planProvision({
      ref,
      input: given,
    }: {
      readonly ref: OperationRef;
      readonly input: ProvisionSiteInput;
    }): Promise<Plan<ProvisionTarget>> {
      const checked = checkProvisionSiteInput(given);
      if (!checked.ok) throw new Refused('the input has changed since the operation was opened');
      const { input } = checked;
      const account = accounts.get(input.account);
      const [self, rootDomain, plans] = await Promise.all([
        checkAccount(account),
        input.domain ?? getDomain(account.press),
        getSitePlans(account.press),
      ]);
      const place = await choosePlace(account, input);
      const plan = plans.find(({ name }) => name === input.plan);
      const target: ProvisionTarget = {
        site: `${input.subdomain}.${rootDomain}`,
        subdomain: input.subdomain,
        domain: rootDomain,
        team: account.team,
        plan: input.plan,
        version: input.version,
        cluster: place.cluster ?? '',
        group: place.group?.name ?? '',
        groupTitle: place.group?.title ?? '',
        apps: input.apps,
        configKeys: Object.keys(input.config ?? {}).sort(),
        customDomains: input.customDomains ?? [],
        appPlans: input.appPlans ?? {},
        dnsDeadlineMs: policy.customDomains.dnsDeadlineMs,
        httpProbe: policy.verification.http,
      };
      const ours = (await ledger.commandsOf(ref.operationId)).some(
        ({ step, state }) => step === 'create' && (state === 'sent' || state === 'settled'),
      );
      const findings = { input, place, plan, plans, target };
      const checks = [
        teamCheck(account, self),
        ours ? pass('name', 'made by this very operation') : await nameCheck(account, target.site),
        ...place.checks,
        planCheck(findings),
        configCheck(findings, policy),
        ...(await appPlanChecks(account, target)),
      ];
      const made = assemble(ref, findings, checks, policy);
      await ledger.record(ref.operationId, {
        site: target.site,
        ...(made.approval && { state: 'waiting_approval' }),
        events: [
          { key: `plan/${made.hash}`, type: 'operation.planned', data: made as unknown as Json },
        ],
      });
      return made;
    },
  };
}

/** Steps, policy and hash around the checked target. */
function assemble(
  ref: OperationRef,
  { input, plan, target }: Findings,
  checks: readonly Check[],
  policy: Policy,
): Plan<ProvisionTarget> {
  const verdict = evaluateProvision(policy, {
    requestedBy: input.requestedBy,
    planPriceUsd: plan?.price_usd ?? Number.POSITIVE_INFINITY,
    trialPlan: plan?.is_trial_plan ?? false,
    apps: target.apps,
    configKeys: target.configKeys,
    customDomains: target.customDomains.length,
  });
  const material = {
    kind: ref.kind,
    target,
    steps: stepsOf(target),
    pointOfNoReturn: null,
    mayLose: [],
    rule: verdict.rule,
  };
  const failed = checks.some(({ result }) => result === 'fail');
  return {
    site: target.site,
    summary: [
      plan ? `${plan.name} (${plan.price_usd} USD a month)` : target.plan,
      target.version,
      target.apps.join(', '),
      target.cluster,
      target.groupTitle,
    ].join(' · '),
    material,
    hash: hashOf(material).slice(0, 16),
    checks,
    approval: verdict.approval,
    refusal: verdict.refusal ?? (failed ? 'preflight found what stands in the way' : null),
    // The subdomain too: private paths make a group titled by it (D 4.1).
    resources: [`site:${target.site}`, `subdomain:${target.subdomain}`],
    estimateSeconds: 300,
  };
}

function stepsOf(target: ProvisionTarget): readonly PlanStep[] {
  const withSite = 'goes with the site';
  return [
    { name: 'create', undo: 'archive the half-made site' },
    ...(target.configKeys.length > 0 ? [{ name: 'config', undo: withSite }] : []),
    ...Object.keys(target.appPlans).map((app) => ({ name: `app plan ${app}`, undo: withSite })),
    ...target.customDomains.map((domain) => ({ name: `domain ${domain}`, undo: withSite })),
    { name: 'verify' },
  ];
}

function pass(name: string, detail: string): Check {
  return { name, result: 'pass', detail };
}

function fail(name: string, detail: string): Check {
  return { name, result: 'fail', detail };
}

/** A wrong team header is silently ignored by Press (A 1.3). */
function teamCheck(account: Account, self: { ok: boolean; reason?: string }): Check {
  return self.ok
    ? pass('account', `Press acts as team ${account.team}`)
    : fail('account', self.reason ?? 'Press acts as another team');
}

/** Reads without the rate limit of `exists` (10 per minute: A 6). */
async function nameCheck(account: Account, site: string): Promise<Check> {
  const [found, owner] = await Promise.all([
    getSite(account.press, { site }),
    domainExists(account.press, { domain: site }),
  ]);
  if (found.found === 'own') return fail('name', `${site} exists already, in this team`);
  if (found.found === 'foreign') return fail('name', `${site} is taken by another team`);
  if (owner !== null) return fail('name', `${site} is a custom domain of another site`);
  return pass('name', `${site} is free`);
}

/** The plan's own limits, and the silent change of path or plan that it would cause (A 3.2). */
function planCheck({ input, plan, plans, place, target }: Findings): Check {
  if (plan === undefined) {
    const names = near(
      input.plan,
      plans.map(({ name }) => name),
    );
    return fail('plan', `"${input.plan}" is not a plan of this account; near: ${names}`);
  }
  if (plan.private_bench_support) {
    return fail('plan', `${plan.name} would build a private bench for the site`);
  }
  if (plan.dedicated_server_plan) {
    return fail('plan', `${plan.name} is for dedicated servers; Press would replace it silently`);
  }
  if (plan.restricted_plan) return fail('plan', `${plan.name} is restricted for this account`);
  const apps = target.apps.filter((app) => app !== 'frappe' && !plan.allowed_apps.includes(app));
  if (plan.allowed_apps.length > 0 && apps.length > 0) {
    return fail('plan', `${plan.name} does not allow ${apps.join(', ')}`);
  }
  if (place.cluster && plan.clusters.length > 0 && !plan.clusters.includes(place.cluster)) {
    return fail('plan', `${plan.name} is not offered in cluster ${place.cluster}`);
  }
  return pass('plan', `${plan.name}, ${plan.price_usd} USD a month`);
}

function configCheck({ input, target }: Findings, policy: Policy): Check {
  const forbidden = forbiddenConfigKeys(policy, target.configKeys);
  if (forbidden.length > 0) return fail('config', `policy does not allow ${forbidden.join(', ')}`);
  const clear = policy.secretConfigKeys.filter((key) => {
    const value = input.config?.[key];
    return value !== undefined && typeof value !== 'object';
  });
  if (clear.length > 0) return fail('config', `${clear.join(', ')} must be sealed (client: seal)`);
  return pass('config', target.configKeys.length === 0 ? 'none' : target.configKeys.join(', '));
}

/** Press checks neither the plan nor whose app it is (observed-2 6.3), so we do. */
async function appPlanChecks(account: Account, target: ProvisionTarget): Promise<readonly Check[]> {
  const wanted = Object.entries(target.appPlans);
  return Promise.all(
    wanted.map(async ([app, wantedPlan]) => {
      const offered = (await getAppPlans(account.press, { app })).map(({ name }) => name);
      return offered.includes(wantedPlan)
        ? pass(`app plan ${app}`, wantedPlan)
        : fail(
            `app plan ${app}`,
            `"${wantedPlan}" is not offered; near: ${near(wantedPlan, offered)}`,
          );
    }),
  );
}
