/** Columns that hold one text each. */
export const TEXT_COLUMNS = [
  'subdomain',
  'plan',
  'version',
  'account',
  'cluster',
  'group',
  'domain',
  'server',
  'reason',
  'ifBusy',
  'key',
] as const;

/** Columns that hold several names, with spaces, `;` or `,` between them. */
export const LIST_COLUMNS = ['apps', 'customDomains', 'handOver'] as const;

/** Columns of which there is one for each name: `config.currency`, `secret.smtp_password`. */
export const GROUP_COLUMNS = ['config', 'secret', 'appPlans'] as const;
export type GroupColumn = (typeof GROUP_COLUMNS)[number];

const SINGLE: readonly string[] = [...TEXT_COLUMNS, ...LIST_COLUMNS];
const GROUPED = new RegExp(`^(${GROUP_COLUMNS.join('|')})\\.(.+)$`, 's');

/** The group and the name in it; null for a column that stands for itself. */
export function groupOf(
  column: string,
): { readonly group: GroupColumn; readonly name: string } | null {
  const [, group, name] = GROUPED.exec(column) ?? [];
  if (group === undefined || name === undefined) return null;
  return { group: group as GroupColumn, name };
}

/** What is wrong with the name of a column; null when it is known. */
export function problemOfColumn(column: string): string | null {
  if (SINGLE.includes(column) || groupOf(column) !== null) return null;
  if (/[;\t]/.test(column)) return 'unknown column: put commas between columns';
  const groups = GROUP_COLUMNS.map((group) => `${group}.<name>`);
  return `unknown column; known are ${[...SINGLE, ...groups].join(', ')}`;
}
