import { appPlans } from '../documents/app-views.js';
import type { Columns } from '../documents/doctype.js';
import { crash, missing, refuse } from '../http/errors.js';
import { text } from '../json.js';
import { subscriptionsOf } from '../sites/subscriptions.js';
import type { AppPlan } from '../world/catalogue.js';
import type { SubscriptionRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { type Endpoints, teamOf } from './endpoint.js';

/** Marketplace apps and their subscriptions (C 4.7-4.9); nothing here checks ownership. */
export const marketplaceEndpoints: Endpoints = {
  'press.api.marketplace.get_app_plans': {
    requires: ['app'],
    run: ({ world }, params) => appPlans(world.state.apps[text(params.app)]),
  },
  'press.api.marketplace.get_marketplace_subscriptions_for_site': {
    requires: ['site'],
    run: ({ world }, params) =>
      subscriptionsOf(world, text(params.site))
        .filter((row) => row.app !== null && row.enabled)
        .map((row) => subscriptionView(world, row)),
  },
  /** Turns a disabled subscription on again (observed-2 5). */
  'press.api.marketplace.change_app_plan': {
    mutates: true,
    requires: ['subscription', 'new_plan'],
    run(context, params) {
      const { world } = context;
      const plan = findAppPlan(world, text(params.new_plan));
      if (plan === undefined) {
        throw crash('TypeError', "'<=' not supported between instances of 'NoneType' and 'int'");
      }
      if (plan.priceUsd > 0 && !teamOf(context).payment) {
        throw refuse(
          'You cannot upgrade to paid plan on Free Credits. ' +
            'Please buy credits before trying to upgrade plan.',
        );
      }
      const row = world.state.subscriptions[text(params.subscription)];
      if (row === undefined) throw missing('Subscription', text(params.subscription));
      row.enabled = true;
      row.plan = plan.name;
      world.touch(row);
      world.effect('app_plan.change', row.name, plan.name);
      return undefined;
    },
  },
};

function findAppPlan(world: World, name: string): AppPlan | undefined {
  return Object.values(world.state.apps)
    .flatMap(({ plans }) => plans)
    .find((plan) => plan.name === name);
}

function subscriptionView(world: World, row: SubscriptionRow): Columns {
  const app = world.state.apps[row.app ?? ''];
  const plan = findAppPlan(world, row.plan);
  return {
    name: row.name,
    app: row.app,
    enabled: 1,
    plan: row.plan,
    app_title: app?.title ?? null,
    app_image: null,
    plan_info: plan === undefined ? null : { price_usd: plan.priceUsd, price_inr: plan.priceInr },
    is_free: null,
    billing_type: 'postpaid',
  };
}
