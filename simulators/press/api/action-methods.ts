import type { DocMethod } from '../documents/doctype.js';
import { missing, refuse } from '../http/errors.js';
import type { SiteActionRow } from '../world/moves.js';
import type { World } from '../world/world.js';

function method(act: (world: World, action: SiteActionRow) => void): DocMethod {
  return {
    params: [],
    mutates: true,
    run({ world }, name) {
      const action = world.state.actions[name];
      if (action === undefined) throw missing('Site Action', name);
      act(world, action);
      world.touch(action);
      return undefined;
    },
  };
}

/** Dashboard methods of Site Action (C 2.8). */
export const actionMethods: Readonly<Record<string, DocMethod>> = {
  start_now: method((world, action) => {
    if (action.status === 'Scheduled') action.scheduledTime = world.now();
    world.effect('action.start', action.name);
  }),
  cancel_action: method((world, action) => {
    if (action.status !== 'Scheduled') {
      throw refuse(
        'Only scheduled actions can be cancelled. Please wait for the action to complete.',
      );
    }
    action.status = 'Cancelled';
    world.effect('action.cancel', action.name);
  }),
};
