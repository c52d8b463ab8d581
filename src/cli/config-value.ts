import type { ConfigValue } from '../domain/inputs.js';

/** JSON where it is a number, true, false, a quoted text or a sealed value; else the text itself. */
export function configValue(text: string): ConfigValue {
  try {
    const value = JSON.parse(text) as unknown;
    if (['string', 'number', 'boolean'].includes(typeof value)) return value as ConfigValue;
    const { sealed } = value as { sealed?: unknown };
    return typeof sealed === 'string' ? { sealed } : text;
  } catch {
    return text;
  }
}

/** What {@link configValue} reads as this very value. */
export function textOf(value: ConfigValue): string {
  return typeof value === 'string' && configValue(value) === value ? value : JSON.stringify(value);
}
