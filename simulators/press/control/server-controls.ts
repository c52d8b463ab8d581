import type { ServerSettings } from '../types.js';
import { FREE_BYTES } from '../world/seed-benches.js';
import { FRAPPE_TEAM, PROVIDER } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';

/** What one may arrange about servers. */
export interface ServerControls {
  /** One more shared server, or another setting of one. */
  putServer: (name: string, settings: ServerSettings) => void;
  /** Free space in bytes of a dedicated server and its database server; public ones grow. */
  setFreeSpace: (server: string, bytes: number) => void;
}

export function createServerControls(world: World): ServerControls {
  return {
    putServer(name, { cluster, ...settings }) {
      if (world.state.servers[name] === undefined && cluster === undefined) {
        throw new Error(`no server ${name}, and no cluster for a new one`);
      }
      const server = (world.state.servers[name] ??= {
        ...world.newRow('Administrator', name),
        title: null,
        team: FRAPPE_TEAM,
        cluster: cluster ?? '',
        provider: PROVIDER,
        public: true,
        forNewBenches: true,
        freeBytes: FREE_BYTES,
      });
      Object.assign(server, settings);
      world.onChange();
    },
    setFreeSpace(name, bytes) {
      const server = world.state.servers[name];
      if (server === undefined) throw new Error(`no server ${name}`);
      server.freeBytes = bytes;
      world.onChange();
    },
  };
}
