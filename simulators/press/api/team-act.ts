import { COUNTRY } from '../documents/team-view.js';
import { switchedTeam } from '../documents/team-switch-view.js';
import { crash, forbid } from '../http/errors.js';
import { isObject, text } from '../json.js';
import { createChild, isMember, leaveTeam, removeMember, teamNamed } from '../teams/members.js';
import { refuse } from '../http/errors.js';
import { notConfigured } from './billing-act.js';
import { type Endpoints, teamOf, userOf } from './endpoint.js';

/** What changes teams and who belongs to them (C 8.4-8.9). */
export const teamActEndpoints: Endpoints = {
  /** Silent for a team one is no member of. */
  'press.api.account.switch_team': {
    mutates: true,
    requires: ['team'],
    run(context, params) {
      const team = teamNamed(context.world, text(params.team));
      if (team === undefined || !isMember(team, userOf(context))) return undefined;
      context.world.effect('team.switch', team.name, userOf(context).user);
      return switchedTeam(context.world, team);
    },
  },
  'press.api.account.leave_team': {
    mutates: true,
    requires: ['team'],
    run(context, params) {
      leaveTeam(context.world, userOf(context), text(params.team));
      return undefined;
    },
  },
  'press.api.account.remove_team_member': {
    mutates: true,
    requires: ['user_email'],
    run(context, params) {
      const team = teamOf(context);
      if (team.user !== userOf(context).user) {
        throw forbid('Only team admin can perform this action.');
      }
      removeMember(context.world, team, text(params.user_email));
      return undefined;
    },
  },
  'press.api.account.create_child_team': {
    mutates: true,
    requires: ['title'],
    run(context, params) {
      createChild(context.world, teamOf(context), userOf(context), text(params.title));
      return 'created';
    },
  },
  /** The address goes to Stripe, which this world has not. */
  'press.api.account.update_billing_information': {
    requires: ['billing_details'],
    run(_context, params) {
      const { billing_details: details } = params;
      if (!isObject(details)) throw crash('AttributeError', "'str' object has no attribute 'get'");
      if (details.country !== COUNTRY) throw refuse('Cannot change country after registration');
      throw notConfigured('Stripe');
    },
  },
};
