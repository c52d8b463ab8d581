import { type Document, isAlias, LineCounter, parseDocument, visit } from 'yaml';
import type { Policy } from '../domain/policy.js';
import { crossCheck } from './cross-checks.js';
import type { PolicyFinding, Remark } from './finding.js';
import { didYouMean, remarksOf } from './issues.js';
import { type Placed, placing } from './positions.js';
import { PolicySchema } from './schema.js';

/** What a policy file says, and everything that is to be said about it. */
export interface PolicyReport {
  /** Null when there are problems. */
  readonly policy: Policy | null;
  /** Everything wrong with it, in the order of the lines. */
  readonly problems: readonly PolicyFinding[];
  /** What may well be meant so. */
  readonly notes: readonly PolicyFinding[];
}

/** Reads the text of a policy file (D 6). */
export function readPolicy(text: string): PolicyReport {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = [...document.errors.map(syntaxFinding), ...danglingAliases(document, lines)];
  // A name that is there twice hides nothing else; what cannot be parsed hides everything.
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  if (!readable || broken.length > document.errors.length) {
    return { policy: null, problems: inOrder(broken), notes: [] };
  }
  const given = valueOf(document);
  if ('tooLarge' in given) return { policy: null, problems: [given.tooLarge], notes: [] };

  const place = placing(document, lines);
  const parsed = PolicySchema.safeParse(given.value);
  const wrongForm = parsed.success
    ? []
    : remarksOf(parsed.error.issues, { schema: PolicySchema, given: given.value });
  const { problems, notes } = crossCheck(given.value);
  const placed = [...broken, ...placedOnce([...wrongForm, ...problems], place)];
  return {
    policy: parsed.success && placed.length === 0 ? parsed.data : null,
    problems: inOrder(placed),
    notes: inOrder(placedOnce(notes, place)),
  };
}

function syntaxFinding({ linePos, message }: Document.Parsed['errors'][number]): PolicyFinding {
  const [at] = linePos ?? [];
  const [said = ''] = message.split('\n');
  return {
    line: at?.line ?? 1,
    column: at?.col ?? 1,
    path: '',
    message: said.replace(/ at line \d+, column \d+:?$/, ''),
  };
}

/** `*name` without a `&name` before it. */
function danglingAliases(document: Document.Parsed, lines: LineCounter): readonly PolicyFinding[] {
  const anchors: string[] = [];
  const found: PolicyFinding[] = [];
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.push(node.anchor);
        return;
      }
      if (node.resolve(document) !== undefined) return;
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      const hint = didYouMean(node.source, anchors);
      found.push({
        line,
        column: col,
        path: '',
        message: `*${node.source} repeats what no &${node.source} before it has named${hint}`,
      });
    },
  });
  return found;
}

/** Far more than rule lists that share an approval need, which is itself shared. */
const MOST_ALIASES = 10_000;

/** The library refuses aliases of aliases of aliases, which would fill the memory. */
function valueOf(
  document: Document.Parsed,
): { readonly value: unknown } | { readonly tooLarge: PolicyFinding } {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { tooLarge: { line: 1, column: 1, path: '', message: error.message } };
  }
}

/** What is said of an anchor is said of each of its aliases too; once is enough. */
function placedOnce(
  remarks: readonly Remark[],
  place: (remark: Remark) => Placed,
): readonly PolicyFinding[] {
  const placed = remarks.map(place).sort((a, b) => Number(a.repeated) - Number(b.repeated));
  const said = new Map<string, PolicyFinding>();
  for (const { finding } of placed) {
    const same = `${finding.line}:${finding.column}:${finding.message}`;
    if (!said.has(same)) said.set(same, finding);
  }
  return [...said.values()];
}

function inOrder(findings: readonly PolicyFinding[]): readonly PolicyFinding[] {
  return [...findings].sort((a, b) => a.line - b.line || a.column - b.column);
}
