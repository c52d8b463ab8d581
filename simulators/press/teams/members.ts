import { missing, refuse } from '../http/errors.js';
import type { TeamRow, UserRow } from '../world/accounts.js';
import type { World } from '../world/world.js';

export function teamNamed(world: World, name: string): TeamRow | undefined {
  return world.state.teams.find((team) => team.name === name);
}

export const isMember = (team: TeamRow | undefined, user: UserRow): boolean =>
  team !== undefined && (team.user === user.user || team.members.includes(user.user));

/** @throws 417 for somebody who is no member: already gone (C 8.6) */
export function removeMember(world: World, team: TeamRow, login: string): void {
  if (!team.members.includes(login)) {
    throw refuse(`Team member <strong>${login}</strong> does not exists`);
  }
  team.members = team.members.filter((member) => member !== login);
  const row = world.state.users.find(({ user }) => user === login);
  if (row !== undefined) row.teams = row.teams.filter((name) => name !== team.name);
  world.effect('team.remove_member', team.name, login);
}

export function leaveTeam(world: World, user: UserRow, name: string): void {
  const team = teamNamed(world, name);
  if (team === undefined) throw missing('Team', name);
  if (team.user === user.user) {
    throw refuse(
      "You can't leave a team that you own. Please transfer ownership to another member first, " +
        'or delete the team.',
    );
  }
  removeMember(world, team, user.user);
}

/** The child has the owner of its parent, which is what confuses calls without a header (C 8.7). */
export function createChild(world: World, parent: TeamRow, user: UserRow, title: string): void {
  const wanted = title.trim();
  const { teams } = world.state;
  if (teams.some((team) => team.parent === parent.name && team.title === title)) {
    throw refuse(`Child Team ${title} already exists.`);
  }
  const child: TeamRow = {
    name: world.hash(),
    user: parent.user,
    enabled: true,
    payment: parent.payment,
    title: wanted,
    parent: parent.name,
    members: [parent.user],
    since: world.stamp(),
  };
  teams.push(child);
  user.teams.push(child.name);
  world.effect('team.create', child.name, wanted);
}

/** Whether a user is in the member table of a team; the owner need not be (C 8.2). */
export const isInTable = (world: World, team: string, { user }: UserRow): boolean =>
  teamNamed(world, team)?.members.includes(user) ?? false;
