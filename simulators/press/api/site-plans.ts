import type { DocMethod } from '../documents/doctype.js';
import { planOffer } from '../documents/plan-views.js';
import { missing } from '../http/errors.js';
import { text } from '../json.js';
import { changePlan } from '../sites/change-plan.js';
import { requestTransfer } from '../teams/transfers.js';
import { type Endpoints, siteOf, teamOf, userOf } from './endpoint.js';

/** Left out of the older list (C 6.2). */
const NEWER = [
  'is_trial_plan',
  'clusters',
  'cloud_providers',
  'allowed_apps',
  'bench_versions',
  'restricted_plan',
];

/** Plans of sites (C 6). */
export const sitePlanEndpoints: Endpoints = {
  'press.api.site.get_plans': {
    run({ world }) {
      return Object.values(world.state.plans).map((plan) =>
        Object.fromEntries(
          Object.entries(planOffer(plan)).filter(([name]) => !NEWER.includes(name)),
        ),
      );
    },
  },
  'press.api.site.change_plan': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'plan'],
    run(context, params) {
      const request = {
        plan: text(params.plan),
        team: teamOf(context),
        user: userOf(context).user,
      };
      changePlan(context.world, siteOf(context, params), request);
      return undefined;
    },
  },
};

/** What belongs to plan and owner among the dashboard's methods of a Site. */
export const ownerMethods: Readonly<Record<string, DocMethod>> = {
  set_plan: {
    params: ['plan'],
    requires: ['plan'],
    mutates: true,
    run(context, name, args) {
      const site = context.world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      const request = { plan: text(args.plan), team: teamOf(context), user: userOf(context).user };
      changePlan(context.world, site, request);
      return undefined;
    },
  },
  send_change_team_request: {
    params: ['team_mail_id', 'reason'],
    requires: ['team_mail_id', 'reason'],
    mutates: true,
    run(context, name, args) {
      const site = context.world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      requestTransfer(context.world, site, {
        user: userOf(context).user,
        mail: text(args.team_mail_id),
        reason: text(args.reason),
      });
      return undefined;
    },
  },
};
