import type { PressSimulator } from '../simulators/press/index.js';
import type { OperationResult, Sitewright } from '../src/client.js';
import { costOf } from '../src/temporal/history-cost.js';

/** One line of the demo's result; with `--json` printed as it is. */
export interface OperationReport {
  readonly type: 'operation';
  readonly kind: string;
  readonly site: string;
  readonly outcome: string;
  readonly expected: string;
  readonly operationId: string;
  readonly workflowId: string;
  readonly seconds: number;
  readonly historyEvents: number;
  readonly historyBytes: number;
  /** By Temporal Cloud's billing rules. */
  readonly actions: number;
  /** Mutations that took effect at Press for this site. */
  readonly remoteEffects: number;
  /** Those of them that took effect more often than once. */
  readonly duplicateEffects: number;
  /** What stands at Press under its name afterwards: site, enabled groups, benches. */
  readonly leftAtPress: number;
  readonly link: string | null;
}

/** Signing in again changes nothing. */
const HARMLESS = ['site.login', 'backup.link'];

/** Measures one finished operation, at Temporal and at the simulator. */
export async function reportOn(
  client: Sitewright,
  simulator: PressSimulator,
  finished: {
    readonly result: OperationResult;
    readonly expected: string;
    readonly workflowId: string;
    readonly link: string | null;
    readonly seconds: number;
    /** How many effects Press had seen, on any site, before it began. */
    readonly effectsBefore: number;
  },
): Promise<OperationReport> {
  const { result, workflowId } = finished;
  const handle = client.temporal.workflow.getHandle(workflowId);
  const [{ historySize }, { events }] = await Promise.all([
    handle.describe(),
    handle.fetchHistory(),
  ]);
  const cost = costOf(events ?? []);
  const { names, standing } = tracesOf(simulator, result.site);
  const effects = simulator
    .effects()
    .slice(finished.effectsBefore)
    .filter(({ effect, target }) => names.includes(target) && !HARMLESS.includes(effect));
  return {
    type: 'operation',
    kind: result.kind,
    site: result.site,
    outcome: result.outcome,
    expected: finished.expected,
    operationId: result.operationId,
    workflowId,
    seconds: finished.seconds,
    historyEvents: cost.events,
    historyBytes: historySize ?? 0,
    actions: cost.actions,
    remoteEffects: effects.length,
    duplicateEffects: effects.length - new Set(effects.map(({ key }) => key)).size,
    leftAtPress: standing,
    link: finished.link,
  };
}

/** Everything at Press that bears the name of a site, or was made for it: groups, benches. */
function tracesOf(
  simulator: PressSimulator,
  site: string,
): { readonly names: readonly string[]; readonly standing: number } {
  const { sites, groups, benches } = simulator.estate();
  const subdomain = site.split('.')[0] ?? site;
  const ours = groups.filter(
    ({ title }) => title === subdomain || new RegExp(`^${subdomain}[-.]`).test(title),
  );
  const isOurs = (group: string) => ours.some(({ name }) => name === group);
  const standing = [
    ...sites.filter(({ name }) => name === site),
    ...ours.filter(({ enabled }) => enabled),
    ...benches.filter(({ group, status }) => status !== 'Archived' && isOurs(group)),
  ];
  const titles = ours.map(({ title }) => title.replace(/\.archived.*$/, ''));
  const names = new Set([site, subdomain, ...titles, ...ours.map(({ name }) => name)]);
  return { names: [...names], standing: standing.length };
}
