const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodeEntity(match: string, entity: string): string {
  if (!entity.startsWith('#')) return NAMED_ENTITIES[entity.toLowerCase()] ?? match;
  const hex = entity[1]?.toLowerCase() === 'x';
  const point = Number.parseInt(entity.slice(hex ? 2 : 1), hex ? 16 : 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : match;
}

/**
 * What a person would read of a server's HTML: tags gone, entities decoded once, runs of blanks
 * folded, line ends kept. Press's messages carry `<b>`, `<strong>`, `<a>`, `<details>` (observed C13).
 */
export function plainText(html: string): string {
  return (
    html
      .replace(/<(script|style)\b[^<>]*>[^<]*<\/\1>/gi, ' ')
      .replace(/<(br|\/p|\/li|\/div|\/tr|\/h\d|\/summary)\b[^<>]*>/gi, '\n')
      // `[^<>]` and not `[^>]`: stays linear on a text full of "<".
      .replace(/<[/!a-z][^<>]*>/gi, '')
      .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, decodeEntity)
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n\s*/g, '\n')
      .trim()
  );
}

/** {@link plainText} on one line. */
export function plainLine(html: string): string {
  return plainText(html).replace(/\n/g, ' ');
}

/** The first `max` characters, with a mark when something was cut. */
export function head(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

/** The last `max` characters: of a job's output the end tells what went wrong. */
export function tail(text: string, max: number): string {
  return text.length <= max ? text : `…${text.slice(1 - max)}`;
}
