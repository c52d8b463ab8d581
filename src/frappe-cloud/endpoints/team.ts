import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getList } from './generic.js';
import { entriesLike } from './lenient.js';
import { ask, flag } from './wire.js';

const CurrentTeamSchema = z.object({
  name: z.string(),
  team_title: z.string().nullable(),
  /** Login of the owner. */
  user: z.string(),
  enabled: flag,
  country: z.string().nullable(),
  /** INR or USD: all money of the team is in it. */
  currency: z.string(),
  /** Null or empty: the team cannot order or change anything that costs (A 3.2, C 6.4). */
  payment_mode: z.string().nullable(),
  default_payment_method: z.string().nullable(),
  balance: z.number(),
  /** Whose bill this team's sites are on, when not its own. */
  parent_team: z.string().nullable(),
  billing_team: z.string().nullable(),
  servers_enabled: flag,
  benches_enabled: flag,
  spending_limit: z.number(),
  /** Monthly prices of everything subscribed. */
  total_subscribed_amount: z.number(),
  billing_info: z.object({ has_paid_before: z.boolean(), has_unpaid_invoices: z.boolean() }),
  /** Logins; the owner is not always among them (C 8.2). */
  team_members: entriesLike(z.object({ user: z.string() })),
});
export type CurrentTeam = z.infer<typeof CurrentTeamSchema>;

/**
 * The team this account acts as. Read, heavy (C 8.3): `me` is the cheap check of a key. The answer
 * also carries the API key of the user, which is left out here.
 *
 * @throws PressError
 */
export function currentTeam(press: Transport, options?: CallOptions): Promise<CurrentTeam> {
  return ask(press, 'press.api.account.current_team', {}, CurrentTeamSchema, options);
}

const TeamRowSchema = z.object({
  name: z.string(),
  team_title: z.string().nullable(),
  parent_team: z.string().nullable(),
});
export type TeamRow = z.infer<typeof TeamRowSchema>;

/** The team of this account and its child teams. Read (C 8.7). @throws PressError */
export function listTeams(press: Transport, options?: CallOptions): Promise<TeamRow[]> {
  const fields = Object.keys(TeamRowSchema.shape);
  return getList(press, { doctype: 'Team', fields, filters: {} }, TeamRowSchema, options);
}

/** Whether our user is a member of a team; false for an unknown one. Read (C 8.4). @throws PressError */
export function canSwitchToTeam(
  press: Transport,
  args: { readonly team: string },
  options?: CallOptions,
): Promise<boolean> {
  return ask(press, 'press.api.account.can_switch_to_team', args, z.boolean(), options);
}

/** Active sites of the team. Read (C 8.8). @throws PressError */
export function getSiteCount(press: Transport, options?: CallOptions): Promise<number> {
  return ask(press, 'press.api.account.get_site_count', {}, z.number().int(), options);
}
