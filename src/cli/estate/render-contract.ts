import type { ContractReport } from '../../schemas/estate/contract.js';
import type { View } from '../output.js';
import { pad, widest } from '../render/rows.js';

type Finding = ContractReport['findings'][number];

const WORDS: Readonly<Record<Finding['verdict'], string>> = {
  as_expected: 'as expected',
  shape_changed: 'changed',
  refused: 'refused',
  failed: 'failed',
  skipped: 'left out',
};

/** What a release of Sitewright has to be adapted to. */
export const changedOf = ({ findings }: ContractReport): readonly Finding[] =>
  findings.filter(({ verdict }) => verdict === 'shape_changed');

/** What is not as expected, and a line about all. */
export function renderContract(report: ContractReport, { colors }: View): readonly string[] {
  const { account, findings } = report;
  const others = findings.filter(({ verdict }) => verdict !== 'as_expected');
  const paint = { shape_changed: colors.red, failed: colors.yellow } as const;
  const width = widest(others.map(({ endpoint }) => endpoint));
  const lines = others.map(({ endpoint, verdict, detail }) => {
    const word = pad(WORDS[verdict], widest(Object.values(WORDS)));
    const painted = verdict in paint ? paint[verdict as keyof typeof paint](word) : word;
    return `  ${pad(endpoint, width)}  ${painted}  ${colors.dim(detail ?? '')}`.trimEnd();
  });
  const counts = (['as_expected', 'shape_changed', 'refused', 'failed', 'skipped'] as const)
    .map((verdict) => ({ verdict, n: findings.filter((each) => each.verdict === verdict).length }))
    .filter(({ n }) => n > 0)
    .map(({ verdict, n }) => `${n} ${WORDS[verdict]}`);
  const changed = changedOf(report).length;
  return [
    ...lines,
    `${account}: ${counts.join(', ')} of ${findings.length} reads.`,
    ...(changed > 0
      ? [
          'What has changed is refused as a BAD_ANSWER where operations meet it: look for a newer release.',
        ]
      : []),
  ];
}
