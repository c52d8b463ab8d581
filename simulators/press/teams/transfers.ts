import { refuse } from '../http/errors.js';
import type { TransferRow } from '../world/billing.js';
import type { SiteRow } from '../world/model.js';
import { subscriptionsOf } from '../sites/subscriptions.js';
import type { World } from '../world/world.js';

const KEY_LENGTH = 20;

/** `send_change_team_request`: nothing shows it, and nothing withdraws it (C 8.1). */
export function requestTransfer(
  world: World,
  site: SiteRow,
  request: { user: string; mail: string; reason: string },
): void {
  const team = world.state.teams.find(({ user, enabled }) => enabled && user === request.mail);
  if (team === undefined) throw refuse('No Active Team record found.');
  if (team.name === site.team) throw refuse(`Site is already owned by the team ${request.mail}`);
  const row: TransferRow = {
    ...world.newRow(request.user),
    key: world.hash(KEY_LENGTH),
    site: site.name,
    fromTeam: site.team,
    toTeam: team.name,
    reason: request.reason,
    done: false,
  };
  world.state.transfers.push(row);
  world.effect('site.transfer_request', site.name, row.name);
}

/** The site changes hands; app subscriptions, bench and group stay where they were (C 8.2). */
export function acceptTransfer(world: World, transfer: TransferRow): SiteRow {
  const site = world.state.sites[transfer.site];
  if (site?.team !== transfer.fromTeam) {
    throw refuse(`The owner of Site is not ${transfer.fromTeam}`);
  }
  const { toTeam } = transfer;
  transfer.done = true;
  site.team = toTeam;
  for (const row of subscriptionsOf(world, site.name)) if (row.app === null) row.team = toTeam;
  for (const backup of Object.values(world.state.backups)) {
    if (backup.site === site.name) backup.team = toTeam;
  }
  world.effect('site.transfer', site.name, toTeam);
  return site;
}
