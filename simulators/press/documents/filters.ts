import { crash } from '../http/errors.js';
import { text } from '../json.js';
import type { Json } from '../types.js';
import type { Columns } from './doctype.js';

type Test = (column: Json, operand: Json) => boolean;

const comparable = (value: Json): string => text(value).toLowerCase();

function compare(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [comparable(left), comparable(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

const equal: Test = (column, operand) =>
  operand === null
    ? column === null
    : column !== null && compare(flagged(column), flagged(operand)) === 0;

/** Checks are stored as 0 and 1. */
const flagged = (value: Json): Json => (typeof value === 'boolean' ? Number(value) : value);

const list = (operand: Json): Json[] => {
  if (Array.isArray(operand)) return operand;
  return text(operand).split(',');
};

const like: Test = (column, operand) => {
  const pattern = text(operand)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return column !== null && new RegExp(`^${pattern}$`, 'is').test(text(column));
};

/** Comparison with NULL is never true in SQL. */
const ordered =
  (test: (order: number) => boolean): Test =>
  (column, operand) =>
    column !== null && test(compare(column, operand));

const OPERATORS: Readonly<Record<string, Test>> = {
  '=': equal,
  '!=': (column, operand) => !equal(column, operand),
  '<': ordered((order) => order < 0),
  '>': ordered((order) => order > 0),
  '<=': ordered((order) => order <= 0),
  '>=': ordered((order) => order >= 0),
  in: (column, operand) => list(operand).some((entry) => equal(column, entry)),
  'not in': (column, operand) => !list(operand).some((entry) => equal(column, entry)),
  like,
  'not like': (column, operand) => !like(column, operand),
  between: (column, operand) => {
    const [low = null, high = null] = list(operand);
    return column !== null && compare(column, low) >= 0 && compare(column, high) <= 0;
  },
  is: (column, operand) => (column !== null && column !== '') === (operand === 'set'),
};

/** The operators of `get_list` (A 2.3); a plain value means equality. */
export function matchesFilters(columns: Columns, filters: Readonly<Record<string, Json>>): boolean {
  return Object.entries(filters).every(([field, condition]) => {
    const column = columns[field] ?? null;
    if (!Array.isArray(condition)) return equal(column, condition);
    const [operator = null, operand = null] = condition;
    const test = OPERATORS[text(operator).toLowerCase()];
    if (test === undefined) throw crash('ValueError', `Operator must be one of the known ones`);
    return test(column, operand);
  });
}

/** `"creation desc, name asc"`; the direction defaults to desc (A 2.3). */
export function sortRows(rows: Columns[], orderBy: string): Columns[] {
  const keys = orderBy
    .split(',')
    .map((part) => part.trim().replaceAll('`', '').split(/\s+/))
    .filter(([field]) => field !== undefined && field !== '');
  return [...rows].sort((a, b) => {
    for (const [field = '', direction = 'desc'] of keys) {
      const order = compare(a[field] ?? null, b[field] ?? null);
      if (order !== 0) return direction.toLowerCase() === 'asc' ? order : -order;
    }
    return 0;
  });
}
