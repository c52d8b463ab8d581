import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { keepSaved, loadState } from '../shared/state-file.js';
import { MICROS_PER_MS } from '../shared/time.js';
import { createControls } from './control/controls.js';
import { installLateCalls } from './faults/late.js';
import { createMaplePressServer } from './http/server.js';
import { installPlugins } from './plugin/plugin.js';
import type { MaplePressSimulator, MaplePressSimulatorOptions, Timings } from './types.js';
import type { WorldState } from './world/model.js';
import { seedWorld, STATE_FORMAT, TENANTS } from './world/seed.js';
import { World } from './world/world.js';

export type { CallFault, CallMatch, FaultRule } from './fault-types.js';
export type {
  CallRecord,
  EffectRecord,
  Estate,
  EstateSite,
  MaplePressSimulator,
  MaplePressSimulatorOptions,
  PluginRequest,
  TenantLogin,
  Timings,
} from './types.js';

const HOST = '127.0.0.1';
const MINUTE = 60_000;

const DEFAULT_TIMINGS: Timings = {
  tokenLifetime: 15 * MINUTE,
  pluginConnects: 10 * MINUTE,
  indexing: 60 * MINUTE,
};

/** Starts a MaplePress server: real HTTP, virtual time, scriptable faults. */
export async function startMaplePressSimulator(
  options: MaplePressSimulatorOptions = {},
): Promise<MaplePressSimulator> {
  const fresh = (): WorldState =>
    seedWorld((options.startAt ?? new Date()).getTime() * MICROS_PER_MS, options.seed ?? 1);
  const saved =
    options.stateFile === undefined
      ? null
      : loadState<WorldState>(options.stateFile, STATE_FORMAT, 'MaplePress simulator');
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const world = new World(saved ?? fresh(), timings, options.speed ?? 1);
  installPlugins(world);
  installLateCalls(world);
  const stopSaving = options.stateFile === undefined ? null : keepSaved(world, options.stateFile);

  const controls = createControls(world, () => {
    world.state = fresh();
    world.clock.restart(world.state.now);
    world.onChange();
  });
  const server = createMaplePressServer(world, controls);
  server.listen(options.port ?? 0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  world.clock.catchUp();

  return {
    url: `http://${HOST}:${port}`,
    port,
    tenants: TENANTS,
    ...controls,
    async close() {
      world.clock.stop();
      stopSaving?.();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
