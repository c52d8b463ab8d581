import type { Json } from '../../shared/json.js';
import { matchesPattern, takeFrom, valuesMatch } from '../../shared/rules.js';
import type { CallFault, CallMatch, FaultRule } from '../fault-types.js';
import type { WorldState } from '../world/model.js';

interface CallFacts {
  endpoint: string;
  site: string;
  tenant: string | null;
  body: Json;
}

/** Registers a rule; one of the same id goes. @returns its id. */
export function addRule(state: WorldState, rule: FaultRule): string {
  const id = rule.id ?? `rule-${state.rules.length + 1}`;
  state.rules = state.rules.filter((other) => other.id !== id);
  state.rules.push({ id, rule, seen: 0 });
  return id;
}

/** The fault for this call, if a rule says so; counts it. The first rule that applies wins. */
export function takeCallFault(state: WorldState, call: CallFacts): CallFault | null {
  return takeFrom(state.rules, (rule) => (matches(rule.call, call) ? rule.fault : null));
}

function matches(match: CallMatch, call: CallFacts): boolean {
  return (
    matchesPattern(match.endpoint, call.endpoint) &&
    (match.site === undefined || match.site === call.site) &&
    (match.tenant === undefined || match.tenant === call.tenant) &&
    valuesMatch(match.body ?? {}, call.body)
  );
}
