import { detailOf, handOverStep } from '../domain/hand-over.js';
import type { ProvisionSiteInput } from '../domain/inputs.js';
import type { OperationResult } from '../domain/operations.js';
import type { ProvisionTarget } from '../domain/plan.js';
import {
  awaitDns,
  createSite,
  handOverLoginLink,
  handOverPassword,
  makeChange,
  planProvision,
  verifyProvision,
} from './activities.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';

/**
 * Creates a site and brings it to the state asked for.
 *
 * 1. create         both jobs at Press, or the     undo: archive the half-made site, no backup;
 *                   order that builds its bench    drop the bench group once its order rests
 * 2. config         allow-listed keys              undone with the site
 * 3. app plans      one subscription at a time     undone with the site
 * 4. domains        when their DNS is ready        each is given up alone: policy's deadline,
 *                                                  a person, or a refusal of Press
 * 5. verify         Active, apps, plan, HTTP       else a person decides
 * 6. hand over      password, login link: each     each is given up alone; undone with the site
 *                   sealed, for one claim
 */
export async function provisionSite(input: ProvisionSiteInput): Promise<OperationResult> {
  return operation('provision', input, planProvision, async (op, plan) => {
    const { target } = plan.material;

    op.onFailure(plan.material.steps[0]?.undo ?? 'remove the site', 'removeSite', { target });
    await createOnce(op, target);

    if (input.config && target.configKeys.length > 0) {
      const change = { do: 'set config', config: input.config } as const;
      await op.settle(await op.command('config', makeChange, { site: target.site, change }));
    }
    for (const [app, appPlan] of Object.entries(target.appPlans)) {
      const { site } = target;
      const change = { do: 'change app plan', app, plan: appPlan } as const;
      await op.settle(await op.command(`app plan ${app}`, makeChange, { site, change }));
    }
    for (const domain of target.customDomains)
      await bringUpDomain(op, input.account, target, domain);

    const { details } = await op.verify(verifyProvision, (deadline) => ({
      account: input.account,
      target,
      deadline,
    }));
    return op.succeed({ ...details, ...(await handOverSecrets(op, target)) });
  });
}

/**
 * A bench that was built but got no site may be used once more, without another build, where policy
 * prefers that to dropping everything (A 3.7).
 */
async function createOnce(op: Op, target: ProvisionTarget): Promise<void> {
  const created = await op.command('create', createSite, { target });
  const settled = await op.outcomeOf(created);
  const { idleBench, group } = settled.evidence;
  if (!idleBench || !group || target.onSiteFailure === 'roll_back') {
    op.judge(created, settled);
    return;
  }
  const onBench = { ...target, path: 'own_group', group } as const;
  await op.settle(await op.command('create on bench', createSite, { target: onBench }));
}

/** A customer's DNS is not ours: it is waited for, and given up without undoing the site. */
async function bringUpDomain(
  op: Op,
  account: string,
  { site, dnsDeadlineMs }: ProvisionTarget,
  domain: string,
): Promise<void> {
  const step = `domain ${domain}`;
  const deadline = Date.now() + dnsDeadlineMs;
  await op.orGiveUp(step, async () => {
    const dns = await op.awaitReady(step, awaitDns, { account, site, domain, deadline }, deadline);
    if (!dns.ready) return op.giveUp(step, dns.reason);
    const change = { do: 'add domain', domain } as const;
    await op.settle(await op.command(step, makeChange, { site, change }));
  });
}

/** Answers where each secret waits for its receiver; none of them passes through here (D 7). */
async function handOverSecrets(
  op: Op,
  { site, handOver }: ProvisionTarget,
): Promise<Record<string, string>> {
  const make = { administrator_password: handOverPassword, login_link: handOverLoginLink };
  const waiting: Record<string, string> = {};
  for (const kind of handOver) {
    const handed = await op.handOver(handOverStep(kind), make[kind], site);
    if (handed !== null) waiting[detailOf(kind)] = handed.handle;
  }
  return waiting;
}
