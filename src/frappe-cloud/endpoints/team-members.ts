import { z } from 'zod';
import { PressError } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { checkShape, tell } from './wire.js';

const MemberSchema = z.object({
  /** Login. */
  name: z.string(),
  full_name: z.string().nullable(),
  email: z.string(),
  roles: z.array(z.string()),
});
export type TeamMember = z.infer<typeof MemberSchema>;

const SwitchedSchema = z.object({ team_members: z.array(MemberSchema) }).nullish();

/**
 * Members of a team that our user belongs to; null when it does not, or there is no such team.
 * Mutating: Press notes the team as the one that the user's BROWSER opens next (C 8.4). It never
 * changes what this account acts as: only the team of the account does. Repeated: the same answer.
 *
 * @throws PressError
 */
export async function switchTeam(
  press: Transport,
  args: { readonly team: string },
  options?: CallOptions,
): Promise<TeamMember[] | null> {
  const method = 'press.api.account.switch_team';
  const { message } = await tell(press, method, args, options);
  return checkShape(SwitchedSchema, message, method)?.team_members ?? null;
}

/**
 * Takes our user out of a team: this account cannot act as it any more, nor come back by itself.
 * Mutating, at once (C 8.5). Repeated: 417 {@link isNoMember}, which proves that it landed.
 *
 * @throws PressError `REFUSED` for the owner of the team
 */
export async function leaveTeam(
  press: Transport,
  args: { readonly team: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.account.leave_team', args, options);
}

/**
 * Takes a user out of the team of this account, and out of its roles. Mutating, at once (C 8.6).
 * Getting a member takes an invitation by mail. Repeated: 417 {@link isNoMember}, which proves that
 * it landed.
 *
 * @throws PressError `FORBIDDEN` to anybody but the owner and role admins
 */
export async function removeTeamMember(
  press: Transport,
  args: { readonly user_email: string },
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.account.remove_team_member', args, options);
}

/**
 * Makes a team below the one of this account, with the same owner; it bills through its parent, and
 * nothing removes it again. Mutating, at once (C 8.7). Its name is not answered: `listTeams`. From
 * then on a call without a team in its header may act as the child (observed-2 6.9); this client
 * always names one.
 *
 * Repeated: 417 "Child Team ... already exists.", which proves that it landed.
 *
 * @throws PressError
 */
export async function createChildTeam(
  press: Transport,
  args: { readonly title: string },
  options?: CallOptions,
): Promise<void> {
  const method = 'press.api.account.create_child_team';
  const { message } = await tell(press, method, args, options);
  checkShape(z.literal('created'), message, method);
}

/** The user to be taken out is no member: perhaps by our own earlier send. */
export function isNoMember(error: unknown): boolean {
  return error instanceof PressError && /^Team member .* does not exist/.test(error.message);
}
