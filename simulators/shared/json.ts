export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
