import { type CallContext, type Params } from '../api/endpoint.js';
import { crash } from '../http/errors.js';
import { isObject, text } from '../json.js';
import type { Json } from '../types.js';
import { type Columns, DEFAULT_FIELDS, type Doctype, type ListQuery } from './doctype.js';
import { matchesFilters, sortRows } from './filters.js';

const DEFAULT_LIMIT = 20;
/** `filters` that steer the scoping and are no columns. */
const STEERING = new Set(['_search', 'backup_date']);

/** `press.api.client.get_list` for one doctype (A 2.3). */
export function listRows(context: CallContext, doctype: Doctype, params: Params): Columns[] {
  const query = readQuery(params);
  if (doctype.listAll !== undefined) return doctype.listAll(context, query.filters);
  const rows = doctype.list(context, query.filters).map((columns) => ({
    columns,
    all: { ...columns, ...dotted(doctype.linked?.(context, columns) ?? {}) },
  }));
  const filters = allowedFilters(doctype, query.filters);
  const matching = rows.filter(({ all }) => matchesFilters(all, filters));
  const orderBy = text(params.order_by) || 'name asc';
  const ordered = sortRows(
    matching.map(({ all }) => all),
    orderBy,
  );
  const start = Number(params.start ?? 0);
  const limit = Number(params.limit ?? DEFAULT_LIMIT);
  const page = ordered.slice(start, limit === 0 ? undefined : start + limit);
  return page.map((all) => {
    const row = project(doctype, all, query.fields);
    doctype.decorate?.(context, row, all, query);
    return row;
  });
}

function readQuery(params: Params): ListQuery {
  const filters = params.filters ?? {};
  if (!isObject(filters)) throw crash('AttributeError', "'list' object has no attribute 'items'");
  const fields = Array.isArray(params.fields) ? params.fields : [];
  return { filters, fields: fields.filter((field) => typeof field === 'string') };
}

/** Filters on unknown fields are dropped silently, which widens the result (A 2.3). */
function allowedFilters(
  doctype: Doctype,
  filters: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const known = Object.entries(filters).filter(
    ([field]) => isField(doctype, field) && !STEERING.has(field),
  );
  return Object.fromEntries(known);
}

function isField(doctype: Doctype, field: string): boolean {
  return field.includes('.') || doctype.fields.includes(field) || DEFAULT_FIELDS.includes(field);
}

/** Unknown fields are dropped silently; when none is left, only the name is answered. */
function project(doctype: Doctype, all: Columns, fields: readonly string[]): Columns {
  const row: Columns = {};
  for (const field of fields) {
    const [source = '', alias] = field.split(/\s+as\s+/i).map((part) => part.trim());
    if (!isField(doctype, source) || all[source] === undefined) continue;
    row[alias ?? source.split('.').at(-1) ?? source] = all[source];
  }
  return Object.keys(row).length === 0 ? { name: all.name ?? null } : row;
}

function dotted(linked: Record<string, Columns | undefined>): Columns {
  const columns: Columns = {};
  for (const [link, values] of Object.entries(linked)) {
    for (const [field, value] of Object.entries(values ?? {})) columns[`${link}.${field}`] = value;
  }
  return columns;
}
