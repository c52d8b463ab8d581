import type { OperationRef, PlanArgs } from '../domain/activity-types.js';
import { HAND_OVER_KINDS, handOverStep } from '../domain/hand-over.js';
import type { ProvisionSiteInput } from '../domain/operations.js';
import type { Check, Plan, PlanStep, ProvisionTarget } from '../domain/plan.js';
import { evaluateProvision, type Policy } from '../domain/policy.js';
import { checkAccount, getDomain, getSitePlans } from '../frappe-cloud/index.js';
import type { Json } from '../ledger/types.js';
import { checkProvisionSiteInput } from '../schemas/provision-site.js';
import { hashOf } from '../schemas/hash.js';
import type { ActivityDeps } from './deps.js';
import { Refused } from './errors.js';
import { whileBeating } from './heartbeat.js';
import { choosePlace } from './placement.js';
import {
  appPlanChecks,
  configCheck,
  domainChecks,
  nameCheck,
  pass,
  planCheck,
  teamCheck,
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
    const checked = checkProvisionSiteInput(given);
    if (!checked.ok) throw new Refused('the input has changed since the operation was opened');
    const { input } = checked;
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
    const checks = [
      teamCheck(account, self),
      ours ? pass('name', 'made by this very operation') : await nameCheck(account, target.site),
      ...place.checks,
      planCheck(findings),
      await configCheck(findings, deps),
      ...(await appPlanChecks(account, target)),
      ...(await domainChecks(account, target)),
    ];
    const made = assemble(ref, findings, checks, policy);
    await ledger.record(ref.operationId, {
      site: target.site,
      ...(made.approval && !made.refusal && !underLock && { state: 'waiting_approval' }),
      events: [
        { key: `plan/${made.hash}`, type: 'operation.planned', data: made as unknown as Json },
      ],
    });
    return made;
  }
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
    approval: verdict.approval,
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
