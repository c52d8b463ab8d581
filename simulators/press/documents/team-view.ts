import { balanceOf, subscribed, unpaidOf } from '../billing/invoices.js';
import { CURRENCY } from '../billing/money.js';
import type { TeamRow } from '../world/accounts.js';
import type { World } from '../world/world.js';
import { ACCESS, baseColumns, type Columns, flag } from './doctype.js';

const OFF = [
  'erpnext_partner',
  'enforce_2fa',
  'skip_backups',
  'is_saas_user',
  'is_developer',
  'enable_performance_tuning',
  'enable_inplace_updates',
  'servers_enabled',
  'benches_enabled',
  'mpesa_enabled',
  'razorpay_enabled',
  'receive_budget_alerts',
  'monthly_alert_threshold',
  'hybrid_servers_enabled',
  'relaxed_permissions',
  'upi_autopay_enabled',
  'apply_limits',
  'spending_limit',
];

const NONE = [
  'partner_email',
  'billing_team',
  'default_payment_method',
  'partner_referral_code',
  'mpesa_tax_id',
  'mpesa_phone_number',
  'account_request',
  'company_name',
  'default_razorpay_mandate',
  'tier',
];

export const COUNTRY = 'India';

/** Columns of a Team, as lists and documents have them. */
export function teamColumns(world: World, team: TeamRow): Columns {
  const at = team.since;
  const row = { name: team.name, owner: 'Administrator', creation: at, modified: at };
  return {
    ...baseColumns(world, { ...row, modifiedBy: 'Administrator' }),
    enabled: flag(team.enabled),
    team_title: team.title,
    user: team.user,
    parent_team: team.parent,
    country: COUNTRY,
    currency: CURRENCY,
    payment_mode: team.payment ? 'Prepaid Credits' : null,
  };
}

export const memberRows = (world: World, team: TeamRow): Columns[] =>
  team.members.map((user, index) => ({
    name: `${team.name}-${index + 1}`,
    owner: 'Administrator',
    creation: world.local(team.since),
    modified: world.local(team.since),
    docstatus: 0,
    idx: index + 1,
    user,
    all_servers: 0,
    all_release_groups: 0,
    all_sites: 0,
    parent: team.name,
    parentfield: 'team_members',
    parenttype: 'Team',
    doctype: 'Team Member',
  }));

/** `current_team`, and `client.get` of a Team (C 8.3). */
export function teamDocument(world: World, team: TeamRow): Columns {
  const owner = world.state.users.find(({ user }) => user === team.user);
  const balance = balanceOf(world, team.name);
  const total = subscribed(world, team.name).reduce((sum, { price }) => sum + price, 0);
  return {
    doctype: 'Team',
    ...teamColumns(world, team),
    ...Object.fromEntries(OFF.map((name) => [name, 0])),
    ...Object.fromEntries(NONE.map((name) => [name, null])),
    team_members: memberRows(world, team),
    child_team_members: world.state.teams
      .filter(({ parent }) => parent === team.name)
      .map(({ name }) => ({ child_team: name })),
    billing_name: 'Frappe',
    referrer_id: '291dd4f4',
    partner_status: 'Active',
    user_info: {
      name: team.user,
      first_name: owner?.firstName ?? '',
      last_name: null,
      user_image: null,
      user_type: 'Website User',
      email: team.user,
      api_key: owner?.apiKey ?? null,
      is_2fa_enabled: null,
      unsubscribed_from_recovery_code_reminders: null,
    },
    balance,
    is_desk_user: false,
    is_support_agent: null,
    can_request_access: null,
    valid_teams: [],
    onboarding: {
      site_created: true,
      is_saas_user: false,
      saas_site_request: null,
      complete: true,
      is_payment_mode_set: team.payment,
    },
    billing_info: {
      gst_percentage: 0,
      micro_debit_charge_amount: 80,
      balance,
      verified_micro_charge: false,
      has_paid_before: false,
      has_unpaid_invoices: unpaidOf(world, team.name).length > 0,
    },
    billing_details: {},
    trial_sites: [],
    pending_site_request: null,
    payment_method: null,
    communication_infos: [],
    total_subscribed_amount: total,
    is_binlog_indexer_enabled: false,
    has_partner_onboarding: false,
    ...ACCESS,
  };
}
