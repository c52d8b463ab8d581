import type { DocMethod } from '../documents/doctype.js';
import { missing, refuse } from '../http/errors.js';
import { startUpdate } from '../updates/start.js';

/** Dashboard methods of Site Update (C 2.4). */
export const updateMethods: Readonly<Record<string, DocMethod>> = {
  start: {
    params: [],
    mutates: true,
    run({ world }, name) {
      const update = world.state.updates[name];
      const site = world.state.sites[update?.site ?? ''];
      if (update === undefined || site === undefined) throw missing('Site Update', name);
      if (update.status !== 'Scheduled') throw refuse('Site Update is not scheduled');
      startUpdate(world, site, update);
      world.effect('update.start', name);
      return undefined;
    },
  },
};
