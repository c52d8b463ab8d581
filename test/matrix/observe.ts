import type { Estate } from '../../simulators/press/index.js';
import type { StoredEvent } from '../../src/ledger/types.js';
import type { Names, Scene } from './row.js';

/** Everything at Press that bears the name, or was made for it; also what is deleted by now. */
function related({ site, subdomain }: Names, estate: Estate) {
  const title = new RegExp(`^${subdomain}(\\.archived.*)?$`);
  const groups = estate.groups.filter((group) => title.test(group.title));
  const benches = estate.benches.filter(({ group }) => groups.some(({ name }) => name === group));
  const sites = estate.sites.filter(({ name }) => name === site);
  const owned = estate.subscriptions.filter((row) => row.site.startsWith(site));
  return { groups, benches, sites, owned };
}

/** What was done at Press, in order, e.g. `['site.create', 'site.archive']`. */
export function effectsOf({ harness, ...names }: Scene): readonly string[] {
  const { groups, benches, owned } = related(names, harness.simulator.estate());
  const targets = [names.subdomain, names.site, ...[...groups, ...benches, ...owned].map(nameOf)];
  return harness.simulator
    .effects()
    .flatMap(({ effect, target }) => (targets.includes(target) ? [effect] : []));
}

const nameOf = ({ name }: { readonly name: string }): string => name;

/** What stands at Press, in words, e.g. "the site, Active". */
export function leftOf({ harness, ...names }: Scene): string {
  const { simulator } = harness;
  const { groups, benches, sites, owned } = related(names, simulator.estate());
  const ours = simulator.accounts.main.team;
  const left = [
    ...sites.map(
      ({ status, team }) => `the site${team === ours ? '' : ' of another team'}, ${status}`,
    ),
    ...groups.flatMap(({ enabled }) => (enabled ? ['its bench group'] : [])),
    ...benches.flatMap(({ status }) => (status === 'Archived' ? [] : [`its bench, ${status}`])),
    ...owned.flatMap(({ site, enabled }) =>
      enabled && site !== names.site ? ['a subscription of a site that is gone'] : [],
    ),
  ];
  return left.length === 0 ? 'nothing' : left.join('; ');
}

/**
 * The events that tell how it went, e.g. `['create sent', 'attention: Defect', 'says: retry']`.
 * Every operation is opened, planned and closed as well. What repeats is told once.
 */
export function ledgerOf(events: readonly StoredEvent[]): readonly string[] {
  const told = events.flatMap(({ type, data }) => {
    const [subject, verb] = type.split('.');
    const about = data as { readonly step?: string; readonly type?: string };
    if (subject === 'command') return [`${withoutNames(about.step ?? '')} ${verb}`];
    if (type === 'operation.attention') return [`attention: ${about.type}`];
    if (type === 'order.stuck') return ['order stuck'];
    if (type !== 'decision.recorded') return [];
    const { ledger } = data as { readonly ledger: { readonly decision: { verdict: string } } };
    return [`says: ${ledger.decision.verdict}`];
  });
  return told.filter((entry, index) => entry !== told[index - 1]);
}

/**
 * While a job of a bench just ends, Press refuses to drop it or its group (observed-2 12). Whether an
 * undo meets that is chance, and it asks again; rows that let it happen name it.
 */
export function isByChance({ type, data }: StoredEvent, named: readonly string[]): boolean {
  const { step, reason } = data as unknown as CommandFailure;
  const isMet =
    type === 'command.failed' && step.startsWith('undo ') && reason.includes('ongoing jobs');
  return isMet && !named.includes(`${withoutNames(step)} failed`);
}

/** Why commands have failed, for whom a row has surprised. */
export const failuresOf = (events: readonly StoredEvent[]): string =>
  events
    .filter(({ type }) => type === 'command.failed')
    .map(({ data }) => data as unknown as CommandFailure)
    .map(({ step, reason }) => `${step} failed: ${reason}`)
    .join('\n');

interface CommandFailure {
  readonly step: string;
  readonly reason: string;
}

/** "undo bench bench-0005-000001-f1" is told as "undo bench": words with digits or dots are names. */
const withoutNames = (step: string): string =>
  step
    .split(' ')
    .filter((word) => !/[\d.]/.test(word))
    .join(' ');
