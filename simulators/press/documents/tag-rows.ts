import type { Json } from '../types.js';
import type { Row, TagRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { baseColumns } from './doctype.js';

/** Tags as the child table of a document. */
export function tagRows(world: World, parent: Row & { tags: TagRow[] }, doctype: string): Json {
  return parent.tags.map((row, index) => ({
    ...baseColumns(world, row),
    idx: index + 1,
    tag: row.name,
    tag_name: row.tag,
    parent: parent.name,
    parentfield: 'tags',
    parenttype: doctype,
    doctype: 'Resource Tag',
  }));
}
