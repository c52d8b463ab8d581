import type { OperationResult, ProvisionSiteInput } from '../domain/operations.js';
import type { ProvisionTarget } from '../domain/plan.js';
import {
  addDomain,
  awaitDns,
  createSite,
  planProvision,
  setAppPlan,
  setConfig,
  verifyProvision,
} from './activities.js';
import { operation } from './operation.js';
import type { Op } from './runbook.js';

/**
 * Creates a site and brings it to the state asked for.
 *
 * 1. create         both jobs at Press             undo: archive the half-made site, no backup
 * 2. config         allow-listed keys              undone with the site
 * 3. app plans      one subscription at a time     undone with the site
 * 4. domains        when their DNS is ready        each is given up alone: policy's deadline,
 *                                                  a person, or a refusal of Press
 * 5. verify         Active, apps, plan, HTTP       else a person decides
 */
export async function provisionSite(input: ProvisionSiteInput): Promise<OperationResult> {
  return operation('provision', input, planProvision, async (op, plan) => {
    const { target } = plan.material;

    op.onFailure('archive the half-made site', 'removeSite', { target });
    await op.settle(await op.command('create', createSite, { target }));

    if (input.config && target.configKeys.length > 0) {
      const { site } = target;
      await op.settle(await op.command('config', setConfig, { site, config: input.config }));
    }
    for (const [app, appPlan] of Object.entries(target.appPlans)) {
      const { site } = target;
      await op.settle(
        await op.command(`app plan ${app}`, setAppPlan, { site, app, plan: appPlan }),
      );
    }
    for (const domain of target.customDomains)
      await bringUpDomain(op, input.account, target, domain);

    const { details } = await op.verify(verifyProvision, (deadline) => ({
      account: input.account,
      target,
      deadline,
    }));
    return op.succeed(details);
  });
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
    await op.settle(await op.command(step, addDomain, { site, domain }));
  });
}
