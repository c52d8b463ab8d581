import { teamOf } from '../api/endpoint.js';
import { missing } from '../http/errors.js';
import type { Row } from '../world/model.js';
import type { World } from '../world/world.js';
import { ACCESS, baseColumns, type Columns, type Doctype } from './doctype.js';

interface OwnedKind<T extends Row> {
  doctype: string;
  fields: readonly string[];
  rows(world: World): T[];
  team(world: World, row: T): string | undefined;
  columns(world: World, row: T): Columns;
}

/** A doctype whose rows belong to a team and need nothing special. */
export function owned<T extends Row>(kind: OwnedKind<T>): Doctype {
  const find = (world: World, name: string): T | undefined =>
    kind.rows(world).find((row) => row.name === name);
  const columnsOf = (world: World, row: T): Columns => ({
    ...baseColumns(world, row),
    ...kind.columns(world, row),
  });
  return {
    fields: kind.fields,
    list: (context) =>
      kind
        .rows(context.world)
        .filter((row) => kind.team(context.world, row) === teamOf(context).name)
        .map((row) => columnsOf(context.world, row)),
    exists: ({ world }, name) => find(world, name) !== undefined,
    owns(context, name) {
      const row = find(context.world, name);
      return row !== undefined && kind.team(context.world, row) === teamOf(context).name;
    },
    get({ world }, name) {
      const row = find(world, name);
      if (row === undefined) throw missing(kind.doctype, name);
      return { doctype: kind.doctype, ...columnsOf(world, row), ...ACCESS };
    },
  };
}
