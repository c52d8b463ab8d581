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

/** "undo bench bench-0005-000001-f1" is told as "undo bench": words with digits or dots are names. */
const withoutNames = (step: string): string =>
  step
    .split(' ')
    .filter((word) => !/[\d.]/.test(word))
    .join(' ');
