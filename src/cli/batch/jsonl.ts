import { refuseLongRow } from './problems.js';

/** One line of a JSONL file. */
export interface JsonLine {
  /** From 1. */
  readonly line: number;
  /** Undefined when it is no JSON. */
  readonly value: unknown;
}

/**
 * Reads a JSON document per line; empty lines are left out.
 *
 * @throws UnreadableRest when a line has no end in sight
 */
export async function* jsonLines(chunks: AsyncIterable<string>): AsyncGenerator<JsonLine> {
  let line = 1;
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      if (text.trim() !== '') yield { line, value: parsed(text) };
      line += 1;
    }
    refuseLongRow(rest.length, line);
  }
  if (rest.trim() !== '') yield { line, value: parsed(rest) };
}

/** The parser's message is not passed on: it quotes the text, which may hold a secret. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
