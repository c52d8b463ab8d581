import { teamDocument } from '../documents/team-view.js';
import { text } from '../json.js';
import { isMember, teamNamed } from '../teams/members.js';
import { type Endpoints, teamOf, userOf } from './endpoint.js';

/** The team and the account (C 8.3-8.9). */
export const teamReadEndpoints: Endpoints = {
  'press.api.account.current_team': {
    run: (context) => teamDocument(context.world, teamOf(context)),
  },
  /** For the dashboard; this world keeps no cache of it (A 1.3). */
  'press.api.account.get': {
    run: (context) => ({
      user: userOf(context).user,
      team: teamDocument(context.world, teamOf(context)),
    }),
  },
  'press.api.account.can_switch_to_team': {
    requires: ['team'],
    run: (context, params) =>
      isMember(teamNamed(context.world, text(params.team)), userOf(context)),
  },
  'press.api.account.get_site_count': {
    run(context) {
      const team = teamOf(context).name;
      return Object.values(context.world.state.sites).filter(
        (site) => site.team === team && site.status === 'Active',
      ).length;
    },
  },
  /** No team here has an address. */
  'press.api.account.get_billing_information': { run: () => ({}) },
};
