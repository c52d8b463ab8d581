import type { SurfaceGroup } from '../../src/frappe-cloud/surface/index.js';
import type { Danger, Reach, SurfaceRow } from '../../src/frappe-cloud/surface/row.js';

/** What the page tells of a row beside the row itself; the test finds it out. */
export interface RowFacts {
  /** Who calls its function. */
  readonly users: Users;
  /** How often a real server was recorded answering it, and refusing it. */
  readonly answers: number;
  readonly refusals: number;
  /** Whether the simulator answers it. */
  readonly simulated: boolean;
}

/** Who calls a function of the client. */
export interface Users {
  /** Folders of activities; `every kind` is what all share. */
  readonly operations: readonly string[];
  /** Whether a screen of the gateway does. */
  readonly gateway: boolean;
  /** Whether it is among the reads that can be asked for one by one. */
  readonly read: boolean;
}

export type FactsOf = (row: SurfaceRow) => RowFacts;

const DANGER: Readonly<Record<Danger, string>> = {
  read: 'none',
  secret: 'answers a secret',
  low: 'low',
  moderate: 'moderate',
  high: '**high**',
};

/** The inventory of the API as a page of the documentation, in Markdown. */
export function renderSurface(groups: readonly SurfaceGroup[], factsOf: FactsOf): string {
  const rows = groups.flatMap((group) => group.rows);
  return [
    HEAD,
    sentenceOf(rows, factsOf),
    summaryOf(groups),
    `\n## Not by a token\n`,
    ...rows.flatMap(({ endpoint, reach }) =>
      reach.by === 'nothing' ? [`- \`${endpoint}\`: ${reach.why}`] : [],
    ),
    `\n## Programs only\n`,
    ...rows.flatMap(({ endpoint, offer }) =>
      offer?.by === 'library' ? [`- \`${endpoint}\`: ${offer.why}`] : [],
    ),
    ...groups.map(({ title, rows }) => `\n## ${title}\n\n${tableOf(rows, factsOf)}`),
    '',
  ].join('\n');
}

const HEAD = `\
# The API of Frappe Cloud

Every endpoint and document method of Press's API that the inventory of this project names, what it
does, and how Sitewright reaches it. This page is made from \`src/frappe-cloud/surface/\`; do not edit
it. After a change there, \`npx vitest run --project unit test/unit/surface-docs.test.ts -u\` writes it
anew. A test fails when an entry of the inventory has no row.

- **Danger**: \`low\` is easily changed back; after \`moderate\` the site or its bill is another one;
  by \`high\` data or the site itself can be lost.
- **Reached by**: the function of \`src/frappe-cloud/index.ts\`, and how it calls. Of two ways to the
  same effect one is taken, and the other points to it. Generic calls serve the functions beside
  them and nothing else.
- **Tracker**: what tells how its effect goes on.
- **Sent again**: what the same call does a second time.
- **Used by**: the activities that call this function, by folder, \`every kind\` being what all share;
  the [gateway](gateway.md), for one of its screens; \`read\`, for whoever asks
  \`npx sitewright read <endpoint>\`; or [programs only](#programs-only), which import it:
  \`import { me } from 'sitewright/frappe-cloud'\`.
- **Tested by**: answers and refusals recorded from a real Press server, which the client's tests
  read; whether the simulator answers it, against which the operations are tested. \`the paper\`:
  nobody recorded it, and its function follows the notes on Press's source.
- **Source**: where a fact comes from; [CONTRIBUTING](../CONTRIBUTING.md) tells how to read it.
`;

const WAYS: readonly (readonly [string, (reach: Reach) => boolean])[] = [
  ['By a function', ({ by }) => by === 'direct' || by === 'document method'],
  ['By typed calls only', ({ by }) => by === 'typed calls'],
  ['By another way', ({ by }) => by === 'another'],
  ['Not by a token', ({ by }) => by === 'nothing'],
];

function summaryOf(groups: readonly SurfaceGroup[]): string {
  const counts = ({ rows }: Pick<SurfaceGroup, 'rows'>) => [
    rows.length,
    ...WAYS.map(([, is]) => rows.filter(({ reach }) => is(reach)).length),
  ];
  const rows = groups.flatMap((group) => group.rows);
  return table(
    ['Group', 'Entries', ...WAYS.map(([name]) => name)],
    [
      ...groups.map((group) => [group.title, ...counts(group).map(String)]),
      ['All', ...counts({ rows }).map(String)],
    ],
  );
}

/** What can be done with all of them, in a sentence; each entry is counted once. */
function sentenceOf(rows: readonly SurfaceRow[], factsOf: FactsOf): string {
  const called = rows.filter(({ reach }) => 'call' in reach);
  const count = (is: (row: SurfaceRow, users: Users) => boolean) =>
    called.filter((row) => is(row, factsOf(row).users)).length;
  const isUsed = ({ operations }: Users) => operations.length > 0;
  const unreached = rows.filter(({ reach }) => reach.by === 'nothing').length;
  return `
**Of ${rows.length} entries ${rows.length - unreached} are reached, and ${unreached} cannot be reached by a token.** Functions reach
${called.length}: operations use ${count((_, users) => isUsed(users))}; ${count((_, users) => !isUsed(users) && (users.gateway || users.read))} more can be read through the gateway and at the command line;
${count(({ offer }) => offer?.by === 'part')} is a step of another function; ${count(({ offer }) => offer?.by === 'library')} are for programs only, each with the reason. The other ${rows.length - unreached - called.length} serve
these functions, or do what one of them does better.
`;
}

function tableOf(rows: readonly SurfaceRow[], factsOf: FactsOf): string {
  return table(
    [
      ...['Endpoint', 'What', 'Danger', 'Reached by', 'Tracker'],
      ...['Sent again', 'Used by', 'Tested by', 'Source'],
    ],
    rows.map((row) => {
      const facts = factsOf(row);
      return [
        `\`${row.endpoint}\``,
        row.what,
        DANGER[row.danger],
        reachedBy(row.reach),
        row.tracker ?? '',
        row.repeated,
        usedBy(row, facts.users),
        testedBy(row, facts),
        row.source,
      ];
    }),
  );
}

function usedBy({ offer }: SurfaceRow, { operations, gateway, read }: Users): string {
  return [
    ...operations,
    ...(gateway ? ['gateway'] : []),
    ...(read ? ['`read`'] : []),
    ...(offer?.by === 'part' ? [`\`${offer.of}\``] : []),
    ...(offer?.by === 'library' ? ['[programs only](#programs-only)'] : []),
  ].join(', ');
}

function reachedBy(reach: Reach): string {
  switch (reach.by) {
    case 'direct':
      return `\`${reach.call}\``;
    case 'document method':
      return `\`${reach.call}\`, as a document method`;
    case 'typed calls':
      return `typed calls only: ${reach.why}`;
    case 'another':
      return `\`${reach.endpoint}\` instead: ${reach.why}`;
    case 'nothing':
      return `not by a token: ${reach.why}`;
  }
}

function testedBy({ reach }: SurfaceRow, { answers, refusals, simulated }: RowFacts): string {
  const told = [
    ...(answers > 0 ? [counted(answers, 'answer')] : []),
    ...(refusals > 0 ? [counted(refusals, 'refusal')] : []),
    ...(simulated ? ['simulator'] : []),
  ];
  return told.length === 0 && 'call' in reach ? 'the paper' : told.join(', ');
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
