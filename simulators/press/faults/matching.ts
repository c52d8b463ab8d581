import { isDeepStrictEqual } from 'node:util';
import type { CallFault, CallMatch, FaultRule, JobFault, JobMatch } from '../fault-types.js';
import type { Json } from '../types.js';
import type { RuleState, WorldState } from '../world/model.js';

interface CallFacts {
  method: string;
  body: Json;
  team: string | null;
}

interface JobFacts {
  jobType: string;
  site: string | null;
}

/** Registers a rule. @returns its id. */
export function addRule(state: WorldState, rule: FaultRule, newId: () => string): string {
  const id = rule.id ?? newId();
  state.rules = state.rules.filter((other) => other.id !== id);
  state.rules.push({ id, rule, seen: 0 });
  return id;
}

/** The fault for this call, if a rule says so; counts it. The first rule that applies wins. */
export function takeCallFault(state: WorldState, call: CallFacts): CallFault | null {
  let found: CallFault | null = null;
  for (const entry of state.rules) {
    if (!('call' in entry.rule) || !callMatches(entry.rule.call, call)) continue;
    if (isDue(entry) && found === null) found = entry.rule.fault;
  }
  return found;
}

/** As {@link takeCallFault}, for a job that is being created. */
export function takeJobFault(state: WorldState, job: JobFacts): JobFault | null {
  let found: JobFault | null = null;
  for (const entry of state.rules) {
    if (!('job' in entry.rule) || !jobMatches(entry.rule.job, job)) continue;
    if (isDue(entry) && found === null) found = entry.rule.fault;
  }
  return found;
}

function isDue(entry: RuleState): boolean {
  entry.seen += 1;
  const first = entry.rule.nth ?? 1;
  const times = entry.rule.times ?? 1;
  return entry.seen >= first && (times === 'always' || entry.seen < first + times);
}

function callMatches(match: CallMatch, call: CallFacts): boolean {
  if (!methodMatches(match.method, call.method)) return false;
  if (match.team !== undefined && match.team !== call.team) return false;
  return Object.entries(match.body ?? {}).every(([path, value]) =>
    isDeepStrictEqual(valueAt(call.body, path), value),
  );
}

function jobMatches(match: JobMatch, job: JobFacts): boolean {
  return (
    (match.jobType === undefined || match.jobType === job.jobType) &&
    (match.site === undefined || match.site === job.site)
  );
}

function methodMatches(pattern: string, method: string): boolean {
  const expression = /^\/(.+)\/$/.exec(pattern)?.[1];
  return expression === undefined ? pattern === method : new RegExp(expression).test(method);
}

function valueAt(body: Json, path: string): Json | undefined {
  let value: Json | undefined = body;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Array.isArray(value) ? value[Number(key)] : value[key];
  }
  return value;
}
