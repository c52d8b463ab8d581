/** What no schema sees: rules that contradict each other, roles nobody has. Raw, as written. */
import { OPERATION_KINDS, type OperationKind } from '../domain/operations.js';
import { untoldFact } from '../domain/policy-conditions.js';
import type { RuleConditions } from '../domain/policy-settings.js';
import type { Path, Remark } from './finding.js';
import { isMap, listAt, mapAt, type RawMap } from './raw.js';
import { roleRemarks } from './roles.js';
import { knownSettings } from './schema.js';

/** What is wrong with a document besides its form. */
export interface CrossChecks {
  readonly problems: readonly Remark[];
  /** What may well be meant so, and is worth knowing. */
  readonly notes: readonly Remark[];
}

/** Looks at a document of any form; what has the wrong one is left to the schema. */
export function crossCheck(given: unknown): CrossChecks {
  if (!isMap(given)) return { problems: [], notes: [] };
  const roles = roleRemarks(given);
  return {
    problems: [
      ...OPERATION_KINDS.flatMap((kind) => rulesOf(given, kind)),
      ...unreachable(listAt(given, 'apps'), ['apps'], appsDecide),
      ...listedTwice(given),
      ...freezesOf(given),
      ...roles.problems,
    ],
    notes: [...roles.notes, ...withoutRules(given)],
  };
}

function rulesOf(given: RawMap, kind: OperationKind): readonly Remark[] {
  const rules = listAt(given, kind);
  const names = rules.map((rule) => (isMap(rule) ? rule['name'] : undefined));
  const again = names.flatMap((name, index): readonly Remark[] =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [{ path: [kind, index, 'name'], message: `another rule before it is named "${name}" too` }]
      : [],
  );
  return [
    ...again,
    ...unreachable(rules, [kind], ruleDecides),
    ...rules.flatMap((rule, index) => untold(kind, index, rule)),
  ];
}

/** Conditions that no operation of the kind can meet, because its preflight does not know. */
function untold(kind: OperationKind, index: number, rule: unknown): readonly Remark[] {
  if (!isMap(rule)) return [];
  const when = mapAt(rule, 'when');
  const names = knownSettings().conditions.filter((name) => when[name] !== undefined);
  return names.flatMap((name) => {
    const fact = untoldFact(kind, name as keyof RuleConditions);
    if (fact === null) return [];
    return [
      {
        path: [kind, index, 'when', name],
        ofKey: true,
        message: `never holds: ${fact} is not known of this kind of operation`,
      },
    ];
  });
}

/** Entries behind one that always decides. */
function unreachable(
  entries: readonly unknown[],
  path: Path,
  decides: (entry: RawMap) => boolean,
): readonly Remark[] {
  const last = entries.findIndex((entry) => isMap(entry) && decides(entry));
  if (last < 0) return [];
  const entry = entries[last];
  const name =
    isMap(entry) && typeof entry['name'] === 'string' ? `"${entry['name']}"` : 'an entry';
  return entries.slice(last + 1).map((_, index) => ({
    path: [...path, last + 1 + index],
    message: `is never reached: ${name} before it has no conditions, so that it always decides`,
  }));
}

/** Any condition may fail to hold; without one a rule always decides. */
const ruleDecides = ({ when }: RawMap): boolean =>
  when === undefined || (isMap(when) && Object.keys(when).length === 0);

const appsDecide = ({ plans, planPriceUsdAtMost }: RawMap): boolean =>
  plans === undefined && planPriceUsdAtMost === undefined;

function listedTwice(given: RawMap): readonly Remark[] {
  const keys = listAt(given, 'configKeys').map((it) => (isMap(it) ? it['key'] : it));
  return keys.flatMap((key, index): readonly Remark[] =>
    typeof key === 'string' && keys.indexOf(key) < index
      ? [{ path: ['configKeys', index], message: `${key} is listed twice` }]
      : [],
  );
}

function freezesOf(given: RawMap): readonly Remark[] {
  return listAt(mapAt(given, 'maintenance'), 'freezes').flatMap((freeze, index) => {
    if (!isMap(freeze)) return [];
    const [from, to] = [Date.parse(String(freeze['from'])), Date.parse(String(freeze['to']))];
    if (!(to <= from)) return [];
    return [{ path: ['maintenance', 'freezes', index, 'to'], message: 'ends before it begins' }];
  });
}

function withoutRules(given: RawMap): readonly Remark[] {
  const silent = OPERATION_KINDS.filter((kind) => listAt(given, kind).length === 0);
  if (silent.length === 0) return [];
  return [{ path: [], message: `no rules, so always refused: ${silent.join(', ')}` }];
}
