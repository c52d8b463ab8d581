/**
 * JSON with sorted keys and without whitespace: equal values give equal text, which hashes and
 * comparisons need. Members that are `undefined` are left out, and `undefined` itself is null.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, member: unknown) =>
    isRecord(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** A JSON object, not an array or null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value with U+FFFD for what a database cannot keep: PostgreSQL refuses NUL in text, libsql
 * truncates at it, and neither has half a surrogate pair. Anybody may type one into a reason.
 */
export function storable<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_key, member: unknown) =>
      typeof member === 'string' ? member.replaceAll(/\0|\p{Surrogate}/gu, '\ufffd') : member,
    ),
  ) as T;
}
