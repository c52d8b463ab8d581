import type { CallContext } from '../api/endpoint.js';
import type { Outcome, Params } from '../api/endpoint.js';
import type { Json } from '../types.js';
import type { Row } from '../world/model.js';
import type { World } from '../world/world.js';

/** A row as the generic API sees it: column → wire value. */
export type Columns = Record<string, Json>;

export interface ListQuery {
  fields: readonly string[];
  filters: Readonly<Record<string, Json>>;
}

export interface DocMethod {
  /** Names of its parameters; a method without any ignores its `args` (observed C1). */
  params: readonly string[];
  requires?: readonly string[];
  mutates: boolean;
  run(context: CallContext, name: string, args: Params): Outcome;
}

/** One doctype of the generic client API (A 2). */
export interface Doctype {
  /** Fields lists may show and filter by, besides the defaults (A 2.3). */
  fields: readonly string[];
  /** Rows of the caller as columns. Throws when the caller must name something first. */
  list(context: CallContext, filters: Readonly<Record<string, Json>>): Columns[];
  /** Whole answers of doctypes that pay no heed to `fields` (C 4.1). */
  listAll?(context: CallContext, filters: Readonly<Record<string, Json>>): Columns[];
  /** What lists do to the projected row afterwards. */
  decorate?(context: CallContext, row: Columns, columns: Columns, query: ListQuery): void;
  /** Columns of linked documents: `cluster.title` is `linked(columns).cluster.title`. */
  linked?(context: CallContext, columns: Columns): Record<string, Columns | undefined>;
  exists(context: CallContext, name: string): boolean;
  /** Whether the team may read and act on it; decided before existence is told. */
  owns(context: CallContext, name: string): boolean;
  get(context: CallContext, name: string): Columns;
  /** `client.delete`, for the few doctypes that have it (A 2.7). @returns the raw document. */
  remove?(context: CallContext, name: string): Columns;
  /** Fields `client.set_value` may change (A 2.6). */
  editable?: Readonly<Record<string, (context: CallContext, name: string, value: Json) => void>>;
  methods?: Readonly<Record<string, DocMethod>>;
  /** Methods that exist but are not for the dashboard: 403 (A 2.8). */
  hiddenMethods?: readonly string[];
}

export const DEFAULT_FIELDS: readonly string[] = [
  'name',
  'owner',
  'creation',
  'modified',
  'modified_by',
  'docstatus',
  'idx',
];

/** The columns every row has. */
export function baseColumns(world: World, row: Row): Columns {
  return {
    name: row.name,
    owner: row.owner,
    creation: world.local(row.creation),
    modified: world.local(row.modified),
    modified_by: row.modifiedBy,
    docstatus: 0,
    idx: 0,
  };
}

/** The end of every `client.get` answer; empty for the owner (A 2.4). */
export const ACCESS: Columns = { tabs_access: {}, actions_access: {} };

export const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);
