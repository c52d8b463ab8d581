import { takeBackup } from '../backups/take.js';
import { putUpNewerBenches } from '../benches/newer.js';
import { addRule } from '../faults/matching.js';
import type { Estate } from '../estate-types.js';
import type { FaultRule } from '../fault-types.js';
import { SMALLEST_FILE } from '../storage/made-files.js';
import type { BackupOptions, CallRecord, DnsRecords, EffectRecord, FileSizes } from '../types.js';
import type { SiteRow } from '../world/model.js';
import { updateByPress } from '../updates/by-press.js';
import type { World } from '../world/world.js';
import { type BillingControls, createBillingControls } from './billing-controls.js';
import { type CodeControls, createCodeControls } from './code-controls.js';
import { createServerControls, type ServerControls } from './server-controls.js';
import { createSiteControls, type SiteControls } from './site-controls.js';
import { readEstate } from './estate.js';

export interface TeamSwitches {
  enabled?: boolean;
  payment?: boolean;
  /** Logins in its member table. */
  members?: string[];
}

/** Everything a test or an operator may do to the simulator, in process or over HTTP. */
export interface PressControls extends BillingControls, CodeControls, ServerControls, SiteControls {
  calls: () => readonly CallRecord[];
  effects: () => readonly EffectRecord[];
  estate: () => Estate;
  faults: () => readonly FaultRule[];
  addFault: (rule: FaultRule) => string;
  clearFaults: () => void;
  now: () => Date;
  advance: (ms: number) => void;
  setSpeed: (factor: number) => void;
  setDns: (domain: string, records: DnsRecords) => void;
  /** Lists then show the bench's sites as "Update Available" (A 2.3). */
  setUpdateAvailable: (bench: string, available: boolean) => void;
  /** A newer Active bench with newer releases, on each server of a group. @returns their names. */
  releaseUpdate: (group: string) => string[];
  /** An unresponsive site fails probes, and Press's own ping on `activate`. */
  setResponsive: (site: string, responsive: boolean) => void;
  /** As Frappe's support mends a site by hand: Active, served, without a mark of what has failed. */
  repair: (site: string) => void;
  /** As Press takes a site off whose disk is full, or whose bills are not paid. */
  suspend: (site: string) => void;
  setTeam: (team: string, switches: TeamSwitches) => void;
  /** A backup as Press's own scheduler takes it (B 1.5). @returns its name. */
  backUp: (site: string, options?: BackupOptions) => string;
  /** An update as Press's own round begins it (C 2.1). @returns its name. */
  updateByPress: (site: string) => string;
  /** Somebody works on the site: its database is another one now. @returns the new mark. */
  changeData: (site: string) => string;
  /** Sizes in bytes of the files of the next backup; files of any size cost no memory. */
  setFileSizes: (site: string, sizes: FileSizes) => void;
  /** False: Press cannot reach the object storage. */
  setStorageReachable: (reachable: boolean) => void;
  /** Back to the world of the seed; the log is emptied too. */
  reset: () => void;
}

const FAULT_ID_LENGTH = 6;

function siteNamed(world: World, name: string): SiteRow {
  const site = world.state.sites[name];
  if (site === undefined) throw new Error(`no site ${name}`);
  return site;
}

export function createControls(world: World, reset: () => void): PressControls {
  const changed = <T>(result: T): T => {
    world.onChange();
    return result;
  };
  return {
    ...createBillingControls(world),
    ...createCodeControls(world),
    ...createServerControls(world),
    ...createSiteControls(world),
    calls: () => world.state.calls,
    effects: () => world.state.effects,
    estate: () => readEstate(world),
    faults: () => world.state.rules.map(({ id, rule }) => ({ ...rule, id })),
    addFault: (rule) =>
      changed(addRule(world.state, rule, () => `fault-${world.hash(FAULT_ID_LENGTH)}`)),
    clearFaults() {
      world.state.rules = [];
      changed(undefined);
    },
    now: () => new Date(Math.floor(world.now() / 1000)),
    advance(ms) {
      world.clock.advance(ms);
    },
    setSpeed(factor) {
      world.clock.setSpeed(factor);
    },
    setDns(domain, records) {
      world.state.dns[domain.toLowerCase()] = records;
      changed(undefined);
    },
    setUpdateAvailable(name, available) {
      const bench = world.state.benches[name];
      if (bench === undefined) throw new Error(`no bench ${name}`);
      bench.updateAvailable = available;
      changed(undefined);
    },
    releaseUpdate(name) {
      const group = world.state.groups[name];
      if (group === undefined) throw new Error(`no group ${name}`);
      return changed(putUpNewerBenches(world, group));
    },
    setResponsive(name, responsive) {
      siteNamed(world, name).responsive = responsive;
      changed(undefined);
    },
    repair(name) {
      const site = siteNamed(world, name);
      site.status = 'Active';
      site.creationFailed = null;
      site.fatalUpdate = null;
      Object.assign(site.disk, { maintenance: false, halfMigrated: false });
      site.disk.marks.database ??= world.hash();
      changed(undefined);
    },
    suspend(name) {
      siteNamed(world, name).status = 'Suspended';
      changed(undefined);
    },
    backUp(name, { offsite = false, withFiles = offsite } = {}) {
      const site = siteNamed(world, name);
      return changed(takeBackup(world, site, { owner: 'Administrator', offsite, withFiles }).name);
    },
    updateByPress: (name) => changed(updateByPress(world, siteNamed(world, name)).name),
    changeData(name) {
      const mark = world.hash();
      siteNamed(world, name).disk.marks.database = mark;
      return changed(mark);
    },
    setFileSizes(name, sizes) {
      const tooSmall = Object.values(sizes).some((size) => size < SMALLEST_FILE);
      if (tooSmall) throw new Error(`no file is smaller than ${SMALLEST_FILE} bytes`);
      Object.assign(siteNamed(world, name).disk.sizes, sizes);
      changed(undefined);
    },
    setStorageReachable(reachable) {
      world.state.storageReachable = reachable;
      changed(undefined);
    },
    setTeam(name, switches) {
      const team = world.state.teams.find((row) => row.name === name);
      if (team === undefined) throw new Error(`no team ${name}`);
      changed(Object.assign(team, switches));
    },
    reset,
  };
}
