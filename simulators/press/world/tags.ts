import type { Row, TagRow } from './model.js';
import type { World } from './world.js';

type Tagged = Row & { tags: TagRow[] };

/** A tag that is there already is left alone (A 7.1). */
export function addTag(
  world: World,
  kind: 'site' | 'group',
  row: Tagged,
  user: string,
  tag: string,
): void {
  if (row.tags.some((known) => known.tag === tag)) return;
  row.tags.push({ ...world.newRow(user), tag });
  world.touch(row, user);
  world.effect(`${kind}.tag`, row.name, tag);
}

export function removeTag(
  world: World,
  kind: 'site' | 'group',
  row: Tagged,
  user: string,
  tag: string,
): void {
  row.tags = row.tags.filter((known) => known.tag !== tag);
  world.touch(row, user);
  world.effect(`${kind}.untag`, row.name, tag);
}
