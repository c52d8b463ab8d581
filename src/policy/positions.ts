import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';
import type { Path, PolicyFinding, Remark } from './finding.js';

/** A remark that has found its place. */
export interface Placed {
  readonly finding: PolicyFinding;
  /** Whether an alias led there: the same is said of the anchor itself. */
  readonly repeated: boolean;
}

/**
 * Finds remarks their place in a file: that of the value, of its name, or of the nearest thing
 * around what is missing. What an alias repeats is where its anchor stands.
 */
export function placing(document: Document.Parsed, lines: LineCounter): (remark: Remark) => Placed {
  return ({ path, ofKey = false, message }) => {
    const { offset, repeated } = placeOf(document, path, ofKey);
    const { line, col } = lines.linePos(offset);
    return {
      finding: {
        line: Math.max(1, line),
        column: Math.max(1, col),
        path: path.join('.'),
        message,
      },
      repeated,
    };
  };
}

function placeOf(
  document: Document.Parsed,
  path: Path,
  ofKey: boolean,
): { readonly offset: number; readonly repeated: boolean } {
  let node: unknown = document.contents;
  let offset = rangeOf(node) ?? 0;
  let repeated = false;
  for (const [index, member] of path.entries()) {
    if (isAlias(node)) repeated = true;
    const child = childOf(isAlias(node) ? node.resolve(document) : node, member);
    if (child === undefined) break;
    const isLast = index === path.length - 1;
    // What an empty member has is a place behind its name, where nobody would look.
    const ofName = (isLast && ofKey) || isEmpty(child.value);
    offset = rangeOf(ofName ? child.key : child.value) ?? rangeOf(child.value) ?? offset;
    node = child.value;
  }
  return { offset, repeated };
}

function childOf(
  node: unknown,
  member: string | number,
): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const value = node.items[Number(member)];
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(member));
}

function rangeOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.value === null && node.source === '';
}
