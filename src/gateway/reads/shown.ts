import { createRedact } from '../../frappe-cloud/index.js';

const MASK = '•••';

/**
 * Members that lead to something which whoever has the link may take: a file of a backup, a bill
 * that can be paid or printed.
 */
const LINKS: ReadonlySet<string> = new Set(['url', 'invoice_pdf', 'stripe_invoice_url']);

const redact = createRedact([]);

/** An answer as it may be shown: no links to take something by, no secrets inside of texts. */
export function shownAnswer(answer: unknown): unknown {
  return mapped(answer, (text, member) => (LINKS.has(member) ? MASK : redact(text)));
}

/** Up to its end, where the text was cut within one. */
const LITERAL = /'(?:[^'\\]|\\.|'')*(?:'|$)|"(?:[^"\\]|\\.|"")*(?:"|$)/gs;

/** What statements of SQL quote is replaced. */
export function withoutLiterals(answer: unknown): unknown {
  return mapped(answer, (text) => text.replace(LITERAL, `'${MASK}'`));
}

/** Every text in a value replaced; what is undefined becomes null, as JSON knows nothing else. */
function mapped(
  value: unknown,
  replace: (text: string, member: string) => string,
  member = '',
): unknown {
  if (typeof value === 'string') return replace(value, member);
  if (Array.isArray(value)) return value.map((each) => mapped(each, replace, member));
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, mapped(each, replace, name)]),
  );
}
