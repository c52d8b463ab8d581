import { stripVTControlCharacters } from 'node:util';

/** A label and its lines; an empty label continues the one above. */
export type Row = readonly [label: string, text: string];

/** Labels of all screens are as wide as the longest of them, so that nothing jumps. */
const LABEL_WIDTH = 14;

/** `  label         text`. */
export function row([label, text]: Row): string {
  return `  ${pad(label, LABEL_WIDTH)}${text}`;
}

/** Several lines under one label; no lines, no rows. */
export function block(label: string, lines: readonly string[]): readonly Row[] {
  return lines.map((line, index) => [index === 0 ? label : '', line]);
}

/** Pads to a width on the screen; colour takes no room there. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - visibleWidth(text)));
}

export function visibleWidth(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** The width a column of these needs. */
export function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(visibleWidth));
}

/** One line of a length that fits a screen. */
export function oneLine(text: string, length = 160): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat;
}
