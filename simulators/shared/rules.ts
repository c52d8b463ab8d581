import { isDeepStrictEqual } from 'node:util';
import type { Json } from './json.js';

/** Which of the matching calls a rule is about. */
export interface RuleTiming {
  id?: string;
  /** First match it applies to, from 1. Default 1. */
  nth?: number;
  /** How many it applies to from there. Default 1. */
  times?: number | 'always';
}

/** A scripted rule and how often it has matched. */
export interface RuleEntry<R extends RuleTiming> {
  id: string;
  rule: R;
  seen: number;
}

/** The fault of the first rule that is due; every rule that matches counts it. */
export function takeFrom<R extends RuleTiming, F>(
  entries: readonly RuleEntry<R>[],
  faultFor: (rule: R) => F | null,
): F | null {
  let found: F | null = null;
  for (const entry of entries) {
    const fault = faultFor(entry.rule);
    if (fault !== null && isDue(entry)) found ??= fault;
  }
  return found;
}

function isDue(entry: RuleEntry<RuleTiming>): boolean {
  entry.seen += 1;
  const first = entry.rule.nth ?? 1;
  const times = entry.rule.times ?? 1;
  return entry.seen >= first && (times === 'always' || entry.seen < first + times);
}

/** @param pattern a name, or a regular expression between slashes */
export function matchesPattern(pattern: string, name: string): boolean {
  const expression = /^\/(.+)\/$/.exec(pattern)?.[1];
  return expression === undefined ? pattern === name : new RegExp(expression).test(name);
}

/** Whether all these values are found in the body, by dotted path. */
export function valuesMatch(wanted: Readonly<Record<string, Json>>, body: Json): boolean {
  return Object.entries(wanted).every(([path, value]) =>
    isDeepStrictEqual(valueAt(body, path), value),
  );
}

function valueAt(body: Json, path: string): Json | undefined {
  let value: Json | undefined = body;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Array.isArray(value) ? value[Number(key)] : value[key];
  }
  return value;
}
