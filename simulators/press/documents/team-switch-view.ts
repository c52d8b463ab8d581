import type { TeamRow } from '../world/accounts.js';
import type { World } from '../world/world.js';
import type { Columns } from './doctype.js';
import { memberRows, teamColumns } from './team-view.js';

/** Switches of the whole document that the dashboard never shows. */
const WHOLE: Columns = {
  banned: 0,
  is_developer: 0,
  is_saas_user: 0,
  is_code_server_user: 0,
  is_frappe_compute_internal_user: 0,
  free_account: 0,
  via_erpnext: 0,
  enforce_2fa: 0,
  extend_payment_due_suspension: 0,
  apply_npo_discount: 0,
  skip_onboarding: 0,
  billing_name: 'Frappe',
  free_credits_allocated: 0,
  upi_autopay_enabled: 0,
  is_trusted_team: 0,
  receive_budget_alerts: 0,
  monthly_alert_threshold: 0,
  send_notifications: 1,
  erpnext_partner: 0,
  partner_status: 'Active',
  partner_commission: 0,
  referrer_id: '241fe7ac',
  ssh_access_enabled: 0,
  skip_backups: 0,
  enable_inplace_updates: 0,
  relaxed_permissions: 0,
  apply_limits: 0,
  spending_limit: 0,
  database_access_enabled: 1,
  enable_performance_tuning: 0,
  razorpay_enabled: 0,
  servers_enabled: 0,
  code_servers_enabled: 0,
  hybrid_servers_enabled: 0,
  self_hosted_servers_enabled: 0,
  security_portal_enabled: 0,
  benches_enabled: 0,
  mpesa_enabled: 0,
  is_us_eu: 0,
  doctype: 'Team',
  communication_infos: [],
  discounts: [],
  child_team_members: [],
};

/** What `switch_team` answers to a member (C 8.4). */
export function switchedTeam(world: World, team: TeamRow): Columns {
  const { parent_team: parent, team_title: title, ...columns } = teamColumns(world, team);
  // The document leaves out what is empty.
  const filled = {
    ...(parent === null ? {} : { parent_team: parent }),
    ...(title === null ? {} : { team_title: title }),
  };
  return {
    team: { ...columns, ...filled, ...WHOLE, team_members: memberRows(world, team) },
    team_members: team.members.map((login) => {
      const first = world.state.users.find(({ user }) => user === login)?.firstName ?? '';
      return {
        name: login,
        first_name: first,
        last_name: null,
        full_name: first,
        user_image: null,
        email: login,
        roles: ['Press User'],
      };
    }),
  };
}
