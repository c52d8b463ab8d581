import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A secret with characters that every encoding changes, and unlike anything else. */
export const aSecret = (): string => `cnry-"${randomBytes(9).toString('hex')}"\\ü/?&=+`;

/** Somewhere a secret must not be: a name for the report, and its bytes. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Where which of the secrets was found, and in which form, e.g. `ledger.db: password as hex`. */
export function leaksIn(
  places: readonly Place[],
  secrets: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(secrets).flatMap(([secret, value]) =>
    Object.entries(formsOf(value)).flatMap(([form, needles]) =>
      places
        .filter(({ bytes }) => needles.some((needle) => bytes.includes(needle)))
        .map(({ name }) => `${name}: ${secret} as ${form}`),
    ),
  );
}

/** The forms in which a careless program may have written a value. */
function formsOf(value: string): Readonly<Record<string, readonly Buffer[]>> {
  const utf8 = Buffer.from(value);
  const escaped = JSON.stringify(value).slice(1, -1);
  const base64 = base64Within(utf8);
  const hex = utf8.toString('hex');
  const texts = {
    text: [value],
    'JSON text': [escaped, JSON.stringify(escaped).slice(1, -1)],
    'URL-encoded text': [encodeURIComponent(value), encodeURI(value)],
    base64: [
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      ...base64.flatMap((text) => base64Within(Buffer.from(text))),
    ],
    hex: [hex, hex.toUpperCase()],
    'reversed text': [[...value].reverse().join('')],
  };
  return {
    ...Object.fromEntries(
      Object.entries(texts).map(([form, needles]) => [
        form,
        needles.map((text) => Buffer.from(text)),
      ]),
    ),
    'UTF-16 text': [Buffer.from(value, 'utf16le')],
  };
}

/**
 * What base64 makes of bytes that stand 0, 1 or 2 bytes after a multiple of three; without the
 * edges, which are mixed with what stands beside them.
 */
function base64Within(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.replace(/=+$/, '').slice(offset === 0 ? 0 : offset + 1, -1);
  });
}

/** Every file below a folder, as it lies on the disk. */
export async function filesBelow(folder: string): Promise<readonly Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({
      name,
      bytes: await readFile(path.join(parentPath, name)),
    })),
  );
}

/** All texts and bytes of an answer of the Temporal server, however deep, one after the other. */
export function bytesOf(value: unknown): Buffer {
  return Buffer.concat(leaves(value).flatMap((leaf) => [leaf, Buffer.from('\n')]));
}

function leaves(value: unknown): readonly Buffer[] {
  if (typeof value === 'string') return [Buffer.from(value)];
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [Buffer.from(name), ...leaves(inner)]);
}

/** All payloads of an answer, however deep, as a codec takes them. */
export function payloadsIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('metadata' in value && 'data' in value && value.data instanceof Uint8Array) return [value];
  return Object.values(value).flatMap(payloadsIn);
}
