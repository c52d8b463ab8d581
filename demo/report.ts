import type { MaplePressSimulator } from '../simulators/maplepress/index.js';
import type { PressSimulator } from '../simulators/press/index.js';
import type { OperationKind, OperationResult } from '../src/client.js';
import { isMaplePressKind } from '../src/domain/operations.js';
import type { Stack } from '../src/stack/stack.js';
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
  /** Mutations that took effect at the provider for this site. */
  readonly remoteEffects: number;
  /** Those of them that took effect more often than once. */
  readonly duplicateEffects: number;
  /** What stands there under its name afterwards: site, enabled groups, benches; its registration. */
  readonly leftAtPress: number;
  readonly link: string | null;
}

/** Signing in again changes nothing. */
const HARMLESS = ['site.login', 'backup.link'];

/** How many effects the provider of such an operation has seen, on any site. */
export function effectsSeen({ simulator, maplePress }: Stack, kind: OperationKind): number {
  return (isMaplePressKind(kind) ? maplePress : simulator).effects().length;
}

/** Measures one finished operation, at Temporal and at the simulator. */
export async function reportOn(
  { client, simulator, maplePress }: Stack,
  finished: {
    readonly result: OperationResult;
    readonly expected: string;
    readonly workflowId: string;
    readonly link: string | null;
    readonly seconds: number;
    /** How many effects the provider had seen, on any site, before it began. */
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
  const { keys, standing } = isMaplePressKind(result.kind)
    ? tracesAtMaplePress(maplePress, result.site, finished.effectsBefore)
    : tracesAtPress(simulator, result.site, finished.effectsBefore);
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
    remoteEffects: keys.length,
    duplicateEffects: keys.length - new Set(keys).size,
    leftAtPress: standing,
    link: finished.link,
  };
}

/** What was done to a site since then, each effect by its key, and what stands under its name. */
interface Traces {
  readonly keys: readonly string[];
  readonly standing: number;
}

function tracesAtMaplePress(maplePress: MaplePressSimulator, site: string, since: number): Traces {
  const effects = maplePress.effects().slice(since);
  return {
    keys: effects.map(({ key }) => key).filter((key) => key.endsWith(`:${site}`)),
    standing: maplePress.estate().sites.filter(({ domain }) => domain === site).length,
  };
}

/** At Press more bears the name of a site, or was made for it: groups, benches. */
function tracesAtPress(simulator: PressSimulator, site: string, since: number): Traces {
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
  const effects = simulator
    .effects()
    .slice(since)
    .filter(({ effect, target }) => names.has(target) && !HARMLESS.includes(effect));
  return { keys: effects.map(({ key }) => key), standing: standing.length };
}
