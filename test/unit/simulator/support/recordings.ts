import { readFileSync } from 'node:fs';

export interface Exchange {
  label?: string;
  request: { method: string; path: string; body: unknown };
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> };
}

const FOLDER = new URL('../../../fixtures/press/recorded/', import.meta.url);

const readRecording = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));

export function recordedSteps(name: string): Exchange[] {
  return (readRecording(name) as { steps: Exchange[] }).steps;
}

/** One recorded exchange; of a sequence, the first step with the label. */
export function recorded(name: string, label?: string): Exchange {
  const file = readRecording(name) as Exchange | { steps: Exchange[] };
  if (!('steps' in file)) return file;
  const step = file.steps.find((entry) => label === undefined || entry.label === label);
  if (step === undefined) throw new Error(`${name} has no step ${label ?? ''}`);
  return step;
}

/** The names of the measured server, in ours. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['bench-0001-000001-f-0001', 'bench-0001-000001-f1-mumbai'],
  ['App hrms', 'App lms'],
  ['add hrms', 'add lms'],
  ['fc.dev', 'frappe.cloud'],
];

export function inOurNames(text: string): string {
  return RENAMED.reduce((result, [theirs, ours]) => result.replaceAll(theirs, ours), text);
}

/**
 * Where two JSON values differ in shape: keys and types. Lists are compared by their first
 * elements, null fits everything, and an empty list says nothing.
 */
export function shapeDifferences(theirs: unknown, ours: unknown, path = '$'): string[] {
  if (theirs === null || ours === null) return [];
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    if (theirs.length === 0 || ours.length === 0) return [];
    return shapeDifferences(theirs[0], ours[0], `${path}[]`);
  }
  if (kind(theirs) !== kind(ours)) return [`${path}: ${kind(theirs)} became ${kind(ours)}`];
  if (kind(theirs) !== 'object') return [];
  const [left, right] = [theirs as Record<string, unknown>, ours as Record<string, unknown>];
  const missing = Object.keys(left).filter((key) => !(key in right));
  const extra = Object.keys(right).filter((key) => !(key in left));
  return [
    ...missing.map((key) => `${path}.${key}: missing`),
    ...extra.map((key) => `${path}.${key}: not in the recording`),
    ...Object.keys(left)
      .filter((key) => key in right)
      .flatMap((key) => shapeDifferences(left[key], right[key], `${path}.${key}`)),
  ];
}

const kind = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);
