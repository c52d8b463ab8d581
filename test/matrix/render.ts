import { WORKFLOW_TYPE } from '../../src/domain/operations.js';
import { introductionOf } from './legend.js';
import type { Matrix, Page, Row } from './row.js';

/** What a row is called in test reports. */
export const titleOf = <Input>({ path, step, accident }: Row<Input>): string =>
  `${path}, ${step}: ${accident}`;

/** Where the rows are told. */
export const pageOf = ({ kind, page }: Pick<Matrix<object>, 'kind' | 'page'>): Page =>
  page ?? { name: kind, title: WORKFLOW_TYPE[kind], folder: kind };

/** A matrix as a page of the documentation, in Markdown. */
export function renderMatrix<Input>(
  matrix: Pick<Matrix<Input>, 'kind' | 'page' | 'provider' | 'introduction' | 'rows'>,
): string {
  const { introduction, rows, provider = 'Press' } = matrix;
  const page = pageOf(matrix);
  return [
    `# ${page.title}: what happens when\n`,
    introductionOf(page, provider, introduction).trim(),
    ...group(rows, ({ path }) => path).flatMap(([path, ofPath]) => [
      `\n## ${path}`,
      ...group(ofPath, ({ step }) => step).map(
        ([step, ofStep]) => `\n### ${path}: ${step}\n\n${table(ofStep, provider)}`,
      ),
    ]),
    '',
  ].join('\n');
}

const headOf = (provider: string): readonly string[] => [
  'Accident',
  'Ends',
  `Done at ${provider}`,
  'Left there',
  'In the ledger',
];

function table<Input>(rows: readonly Row<Input>[], provider: string): string {
  const head = headOf(provider);
  const lines = [head, head.map(() => '---'), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cells<Input>({ accident, asks = [], expect }: Row<Input>): readonly string[] {
  const asked = asks.map(({ problem, says }) => `asks (\`${problem}\`), told ${says}; `);
  return [
    accident,
    `${asked.join('')}\`${expect.outcome}\``,
    chain(expect.effects),
    expect.left,
    chain(expect.ledger),
  ].map((cell) => cell.replaceAll('|', '\\|'));
}

const chain = (words: readonly string[]): string =>
  words.length === 0 ? 'nothing' : words.join(' → ');

/** Groups neighbours and others of the same key, in the order in which the keys first appear. */
function group<T>(items: readonly T[], keyOf: (item: T) => string): (readonly [string, T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}
