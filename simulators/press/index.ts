import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { installBackups } from './backups/index.js';
import { installBenches } from './benches/index.js';
import { createControls } from './control/controls.js';
import { installDrip } from './faults/drip.js';
import { installLateCalls } from './faults/late.js';
import { createPressServer } from './http/server.js';
import { installJobEngine } from './jobs/engine.js';
import { installAutoArchive } from './sites/auto-archive.js';
import { installDomains } from './sites/domains.js';
import { installMoves } from './moves/index.js';
import { installUploads } from './storage/objects.js';
import { keepSaved, loadState } from './state-file.js';
import { DEFAULT_TIMINGS } from './timings.js';
import type { PressSimulator, PressSimulatorOptions } from './types.js';
import { installUpdates } from './updates/index.js';
import { ACCOUNTS, DEFAULT_DOMAIN, seedWorld } from './world/seed.js';
import { MICROS_PER_MS } from './world/time.js';
import { World } from './world/world.js';

export { describeSimulator } from './describe.js';
export type {
  BuildFault,
  CallFault,
  CallMatch,
  FaultRule,
  GroupMatch,
  JobFault,
  JobMatch,
  OrderFault,
  PipelineFault,
  QueueFault,
  TransferFault,
  TransferMatch,
} from './fault-types.js';
export type { Estate } from './estate-types.js';
export type {
  Account,
  AppCommit,
  BackupOptions,
  CallRecord,
  DnsRecords,
  EffectRecord,
  FileSizes,
  InvoiceSettings,
  PressSimulator,
  PressSimulatorOptions,
  ServerSettings,
  SourceSwitches,
  StandingSites,
} from './types.js';
export type { Timings } from './timing-types.js';

/** India Standard Time, as the measured server had it. */
const DEFAULT_UTC_OFFSET_MINUTES = 330;
const HOST = '127.0.0.1';

/** Starts a Press server that keeps its word: real HTTP, virtual time, scriptable faults. */
export async function startPressSimulator(
  options: PressSimulatorOptions = {},
): Promise<PressSimulator> {
  const fresh = () =>
    seedWorld({
      now: (options.startAt ?? new Date()).getTime() * MICROS_PER_MS,
      seed: options.seed ?? 1,
      utcOffsetMinutes: options.utcOffsetMinutes ?? DEFAULT_UTC_OFFSET_MINUTES,
    });
  const saved = options.stateFile === undefined ? null : loadState(options.stateFile);
  const timings = { ...DEFAULT_TIMINGS, ...options.timings };
  const world = new World(saved ?? fresh(), timings, options.speed ?? 1);
  installJobEngine(world);
  installBenches(world);
  installBackups(world);
  installUpdates(world);
  installMoves(world);
  installAutoArchive(world);
  installDomains(world);
  installLateCalls(world);
  installDrip(world);
  installUploads(world);
  const stopSaving = options.stateFile === undefined ? null : keepSaved(world, options.stateFile);

  const controls = createControls(world, () => {
    world.state = fresh();
    world.clock.restart(world.state.now);
    installBackups(world);
    installUpdates(world);
    world.clock.catchUp();
    world.onChange();
  });
  const server = createPressServer(world, controls);
  server.listen(options.port ?? 0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  world.clock.catchUp();

  return {
    url: `http://${HOST}:${port}`,
    port,
    accounts: ACCOUNTS,
    domain: DEFAULT_DOMAIN,
    clock: { now: controls.now, advance: controls.advance, setSpeed: controls.setSpeed },
    addFault: controls.addFault,
    clearFaults: controls.clearFaults,
    calls: controls.calls,
    effects: controls.effects,
    estate: controls.estate,
    setDns: controls.setDns,
    setResponsive: controls.setResponsive,
    repair: controls.repair,
    suspend: controls.suspend,
    addSites: controls.addSites,
    setMonitored: controls.setMonitored,
    setTeam: controls.setTeam,
    setUpdateAvailable: controls.setUpdateAvailable,
    releaseUpdate: controls.releaseUpdate,
    updateByPress: controls.updateByPress,
    publishReleases: controls.publishReleases,
    yankRelease: controls.yankRelease,
    setSource: controls.setSource,
    setBranches: controls.setBranches,
    setPipelines: controls.setPipelines,
    backUp: controls.backUp,
    changeData: controls.changeData,
    setFileSizes: controls.setFileSizes,
    putServer: controls.putServer,
    setFreeSpace: controls.setFreeSpace,
    setStorageReachable: controls.setStorageReachable,
    addInvoice: controls.addInvoice,
    confirmTransfer: controls.confirmTransfer,
    reset: controls.reset,
    async close() {
      world.clock.stop();
      stopSaving?.();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
