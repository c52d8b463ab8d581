import type { ServerResponse } from 'node:http';
import type { FaultRule } from '../fault-types.js';
import type {
  BackupOptions,
  FileSizes,
  InvoiceSettings,
  ServerSettings,
  SourceSwitches,
  StandingSites,
} from '../types.js';
import type { PressRequest } from '../http/request.js';
import type { PressControls, TeamSwitches } from './controls.js';
import { dnsBody } from './dns-body.js';

const PREFIX = '/_sim/';

export const isControlPath = (path: string): boolean => path.startsWith(PREFIX);

type Handler = (controls: PressControls, body: unknown) => unknown;

/** What `POST /_sim/clock` takes: one of the two. */
interface ClockBody {
  /** Virtual milliseconds to go forward. */
  advance?: number;
  /** Virtual seconds per real second. */
  speed?: number;
}

/** What `POST /_sim/site` takes; what is absent stays. */
interface SiteBody {
  site: string;
  responsive?: boolean;
  monitored?: boolean;
  sizes?: FileSizes;
}

/** What `POST /_sim/server` takes; what is absent stays. */
interface ServerBody extends ServerSettings {
  server: string;
  freeBytes?: number;
}

/** What `POST /_sim/repository` takes. */
interface Repository {
  repository: string;
  /** Versions by branch. */
  branches: Record<string, string[]>;
}

const ROUTES: Readonly<Record<string, Handler>> = {
  'GET calls': (controls) => controls.calls(),
  'GET effects': (controls) => controls.effects(),
  'GET estate': (controls) => controls.estate(),
  'GET faults': (controls) => controls.faults(),
  'POST faults': (controls, body) => ({ id: controls.addFault(faultRule(body)) }),
  'DELETE faults': (controls) => {
    controls.clearFaults();
    return {};
  },
  'GET clock': (controls) => ({ now: controls.now() }),
  'POST clock': (controls, body) => {
    const { advance, speed } = body as ClockBody;
    if (speed !== undefined) controls.setSpeed(speed);
    if (advance !== undefined) controls.advance(advance);
    return { now: controls.now() };
  },
  'POST dns': (controls, body) => {
    const { domain, records } = dnsBody(body);
    controls.setDns(domain, records);
    return {};
  },
  'POST bench': (controls, body) => {
    const { bench, updateAvailable } = body as { bench: string; updateAvailable: boolean };
    controls.setUpdateAvailable(bench, updateAvailable);
    return {};
  },
  'POST release': (controls, body) => ({
    benches: controls.releaseUpdate((body as { group: string }).group),
  }),
  'POST commit': (controls, body) => {
    const { group, apps } = body as { group: string; apps?: string[] };
    return { releases: controls.publishReleases(group, apps) };
  },
  'POST yank': (controls, body) => {
    controls.yankRelease((body as { release: string }).release);
    return {};
  },
  'POST source': (controls, body) => {
    const { source, ...switches } = body as SourceSwitches & { source: string };
    controls.setSource(source, switches);
    return {};
  },
  'POST repository': (controls, body) => {
    const { repository, branches } = body as Repository;
    controls.setBranches(repository, branches);
    return {};
  },
  'POST pipelines': (controls, body) => {
    controls.setPipelines((body as { used: boolean }).used);
    return {};
  },
  'POST site': (controls, body) => {
    const { site, responsive, monitored, sizes } = body as SiteBody;
    if (responsive !== undefined) controls.setResponsive(site, responsive);
    if (monitored !== undefined) controls.setMonitored(site, monitored);
    if (sizes !== undefined) controls.setFileSizes(site, sizes);
    return {};
  },
  'POST repair': (controls, body) => {
    controls.repair((body as { site: string }).site);
    return {};
  },
  'POST suspend': (controls, body) => {
    controls.suspend((body as { site: string }).site);
    return {};
  },
  'POST sites': (controls, body) => ({ sites: controls.addSites(body as StandingSites).length }),
  'POST data': (controls, body) => ({
    mark: controls.changeData((body as { site: string }).site),
  }),
  'POST backup': (controls, body) => {
    const { site, ...options } = body as BackupOptions & { site: string };
    return { backup: controls.backUp(site, options) };
  },
  'POST update': (controls, body) => ({
    update: controls.updateByPress((body as { site: string }).site),
  }),
  'POST server': (controls, body) => {
    const { server, freeBytes, ...settings } = body as ServerBody;
    if (freeBytes !== undefined) controls.setFreeSpace(server, freeBytes);
    if (Object.keys(settings).length > 0) controls.putServer(server, settings);
    return {};
  },
  'POST storage': (controls, body) => {
    controls.setStorageReachable((body as { reachable: boolean }).reachable);
    return {};
  },
  'POST team': (controls, body) => {
    const { team, ...switches } = body as TeamSwitches & { team: string };
    controls.setTeam(team, switches);
    return {};
  },
  'POST invoice': (controls, body) => {
    const { team, ...settings } = body as InvoiceSettings & { team: string };
    return { invoice: controls.addInvoice(team, settings) };
  },
  'POST transfer': (controls, body) => ({
    team: controls.confirmTransfer((body as { site: string }).site),
  }),
  'POST reset': (controls) => {
    controls.reset();
    return {};
  },
};

/** Answers a control request: plain JSON, no authentication, nothing logged. */
export function controlRequest(
  controls: PressControls,
  request: PressRequest,
  response: ServerResponse,
): void {
  const handler = ROUTES[`${request.verb} ${request.path.slice(PREFIX.length)}`];
  if (handler === undefined) {
    reply(response, 404, { error: 'no such control', controls: Object.keys(ROUTES) });
    return;
  }
  try {
    const body: unknown = request.body === '' ? {} : JSON.parse(request.body);
    reply(response, 200, handler(controls, body));
  } catch (error) {
    reply(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

const RULE_TARGETS = ['call', 'job', 'build', 'queue', 'pipeline', 'order', 'transfer'];

function faultRule(body: unknown): FaultRule {
  const rule = body as Partial<FaultRule>;
  const hasTarget = RULE_TARGETS.some((target) => target in rule);
  if (!hasTarget || typeof rule.fault?.kind !== 'string') {
    throw new Error(
      `a fault rule needs one of ${RULE_TARGETS.join(', ')}, and "fault" with its "kind"`,
    );
  }
  return rule as FaultRule;
}
