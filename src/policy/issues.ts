import type { z } from 'zod';
import type { Path, Remark } from './finding.js';
import { nearest } from './nearest.js';

type Issue = z.core.$ZodIssue;

/** What a schema has against a document, in words of somebody who has written it by hand. */
export function remarksOf(
  issues: readonly Issue[],
  { schema, given }: { readonly schema: z.ZodType; readonly given: unknown },
): readonly Remark[] {
  return issues.flatMap((issue) => remarksOfIssue(issue, [], schema, given));
}

function remarksOfIssue(
  issue: Issue,
  base: Path,
  schema: z.ZodType,
  given: unknown,
): readonly Remark[] {
  const path = [...base, ...(issue.path as Path)];
  const value = valueAt(given, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        ofKey: true,
        message: `unknown setting${didYouMean(key, knownKeys(schema, path))}`,
      }));
    case 'invalid_union': {
      const meant = issue.errors.find((branch) => !branch.some(isOtherShape));
      if (meant === undefined) return [{ path, message: missingOr(value, issue.message) }];
      return meant.flatMap((inner) => remarksOfIssue(inner, path, schema, given));
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      const hint = typeof value === 'string' ? didYouMean(value, values) : '';
      return [{ path, message: missingOr(value, `must be one of ${values.join(', ')}${hint}`) }];
    }
    case 'invalid_type': {
      const own = issue.message.startsWith('Invalid input') ? null : issue.message;
      const message = own ?? `must be ${TYPES[issue.expected] ?? issue.expected}`;
      return [{ path, message: missingOr(value, `${message}, found ${typeOf(value)}`) }];
    }
    default:
      return [{ path, message: issue.message }];
  }
}

/** A branch of a union that was not meant: the value is of another kind altogether. */
function isOtherShape({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
}

const missingOr = (value: unknown, message: string): string =>
  value === undefined ? 'is missing' : message;

export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === null ? '' : `; did you mean ${near}?`;
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map',
  record: 'a map',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function typeOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return TYPES[typeof value] ?? typeof value;
}

/** What stands at a path of a document; undefined for nothing. */
function valueAt(given: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, member) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, member)
        ? (value as Readonly<Record<string | number, unknown>>)[member]
        : undefined,
    given,
  );
}

/** The names a schema knows at a path. */
function knownKeys(schema: z.core.$ZodType, path: Path): readonly string[] {
  const [member, ...rest] = path;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'default':
    case 'prefault':
      return knownKeys(def.innerType, path);
    case 'pipe':
      return knownKeys(def.in, path);
    case 'union':
      return def.options.flatMap((option) => knownKeys(option, path));
    case 'array':
      return knownKeys(def.element, rest);
    case 'object': {
      if (member === undefined) return Object.keys(def.shape);
      const inner = Object.hasOwn(def.shape, member) ? def.shape[member] : undefined;
      return inner === undefined ? [] : knownKeys(inner, rest);
    }
    default:
      return [];
  }
}
