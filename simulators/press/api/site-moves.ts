import { text } from '../json.js';
import { changeServer } from '../moves/migrations.js';
import { type Endpoints, siteOf, userOf } from './endpoint.js';

/** Between servers (C 2.10). */
export const siteMoveEndpoints: Endpoints = {
  'press.api.site.change_server_options': {
    guard: 'Site',
    run(context, params) {
      const site = siteOf(context, params);
      const servers = Object.values(context.world.state.servers)
        .filter(({ name, team }) => team === site.team && name !== site.server)
        .map(({ name, title }) => ({ name, title }));
      return { servers, estimated_duration: null };
    },
  },
  'press.api.site.is_server_added_in_group': {
    guard: 'Site',
    requires: ['name', 'server'],
    run(context, params) {
      const group = context.world.state.groups[siteOf(context, params).group];
      return group?.servers.includes(text(params.server)) ?? false;
    },
  },
  /** Nothing tells of the migration but `site.get` (C 2.9). */
  'press.api.site.change_server': {
    mutates: true,
    guard: 'Site',
    requires: ['name', 'server'],
    run(context, params) {
      const { world } = context;
      changeServer(world, siteOf(context, params), userOf(context).user, {
        server: text(params.server),
        scheduledTime: world.fromLocal(text(params.scheduled_datetime)),
      });
      return undefined;
    },
  },
};
