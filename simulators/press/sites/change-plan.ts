import { PressError, refuse } from '../http/errors.js';
import type { TeamRow } from '../world/accounts.js';
import type { PlanRow } from '../world/catalogue.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { recordActivity } from './activity.js';
import { pushConfig } from './config.js';
import { subscriptionsOf } from './subscriptions.js';

interface PlanRequest {
  plan: string;
  team: TeamRow;
  user: string;
}

/** `change_plan` and `Site.set_plan` (C 6.4): at once, whatever the status of the site. */
export function changePlan(world: World, site: SiteRow, { plan, team, user }: PlanRequest): void {
  const wanted = world.state.plans[plan];
  if (wanted === undefined) {
    throw new PressError('DoesNotExistError', `Plan ${plan} does not exist`);
  }
  checkAllowed(world, site, team, wanted);
  if (site.plan === plan) {
    throw refuse(
      'The new plan is the same as the current plan. Please choose a different plan to change to.',
    );
  }
  const row = { ...world.newRow(user), site: site.name, fromPlan: site.plan, toPlan: plan };
  world.state.planChanges.push(row);
  site.plan = plan;
  for (const subscription of subscriptionsOf(world, site.name)) {
    if (subscription.app === null) Object.assign(subscription, { plan, enabled: true });
  }
  if (site.status === 'Suspended') {
    site.status = 'Active';
    const reason = 'Disk usage issue resolved';
    recordActivity(world, site, user, 'Unsuspend Site', { reason });
  }
  pushConfig(world, site, user);
  world.touch(site, user);
  world.effect('site.plan', site.name, row.name);
}

function checkAllowed(world: World, site: SiteRow, team: TeamRow, plan: PlanRow): void {
  const isOwnServer = world.state.servers[site.server]?.team === team.name;
  if (plan.priceUsd === 0 && !(plan.dedicated && isOwnServer)) {
    throw refuse('You are not allowed to use this plan');
  }
  if (team.payment) return;
  throw new PressError(
    'CannotChangePlan',
    'Cannot change plan because you have neither added a card nor have enough credit balance',
  );
}
