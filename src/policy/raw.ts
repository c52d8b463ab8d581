/** A map of a document whose form nobody has checked yet. */
export type RawMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is RawMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The map of that name; an empty one where there is none. */
export function mapAt(given: RawMap, name: string): RawMap {
  const value = given[name];
  return isMap(value) ? value : {};
}

/** The list of that name; an empty one where there is none. */
export function listAt(given: RawMap, name: string): readonly unknown[] {
  const value = given[name];
  return Array.isArray(value) ? value : [];
}

/** The texts in the list of that name, with their places in it. */
export function textsAt(given: RawMap, name: string): readonly (readonly [number, string])[] {
  return listAt(given, name).flatMap((value, index) =>
    typeof value === 'string' ? [[index, value] as const] : [],
  );
}
