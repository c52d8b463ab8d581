import { text } from '../json.js';
import { isInTable } from '../teams/members.js';
import { acceptTransfer, requestTransfer } from '../teams/transfers.js';
import { type Endpoints, Page, siteOf, userOf } from './endpoint.js';

const refused = (reason: string): Page => new Page(403, `Not Permitted ${reason}`);

/** From one team to another (C 8.1, C 8.2). */
export const siteTransferEndpoints: Endpoints = {
  'press.api.site.send_change_team_request': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'team_mail_id', 'reason'],
    run(context, params) {
      requestTransfer(context.world, siteOf(context, params), {
        user: userOf(context).user,
        mail: text(params.team_mail_id),
        reason: text(params.reason),
      });
      return undefined;
    },
  },
  /** Pages for a browser; commits by itself, also when it is called by GET. */
  'press.api.site.confirm_site_transfer': {
    guest: true,
    requires: ['key'],
    run({ world, user }, params) {
      if (user === null) return refused('You need to be logged in to confirm the site transfer.');
      const key = text(params.key);
      const transfer = world.state.transfers.find((row) => row.key === key);
      if (transfer === undefined) return refused('The link you are using is invalid or expired.');
      if (!isInTable(world, transfer.toTeam, user)) {
        return refused('You are not a member of the team to which the site is being transferred.');
      }
      const { name } = acceptTransfer(world, transfer);
      return new Page(302, 'Redirecting...', { Location: `/dashboard/sites/${name}` });
    },
  },
};
