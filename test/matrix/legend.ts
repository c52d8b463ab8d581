import type { Page } from './row.js';

/** What is peculiar to what stands at each provider in the end. */
const LEFT: Readonly<Record<string, string>> = {
  Press: `for rows that leave nothing it is read once more some days later, because Press can make a
site long after its group was deleted. The order of a bench (Site Group Deploy) cannot be deleted; what
is left of it is harmless.`,
  MaplePress: `of every key that waits for its receiver it is found out whether the plugin is served with it, and
whether the result names it; for rows that leave nothing it is read once more some days later.`,
};

/** What stands above the tables of every page of accidents, in Markdown; `more` is said there too. */
export const introductionOf = (
  { name, title, folder }: Page,
  provider: string,
  more?: string,
): string => `\
This page is made from the rows that the tests run: \`test/matrix/${folder}/\`; do not edit it. After a
change of the rows, \`npx vitest run --project unit test/unit/matrix-docs.test.ts -u\` writes it anew.
How the operation works: [${title}](${name}.md).${more === undefined ? '' : ` ${more}`}

A row is one accident at one step. **Ends** is the outcome; where a person is asked before, the kind of
problem and what the person told it to do. **Done at ${provider}** is every change that was made there, by whomever,
in order: nothing is done twice unless it stands there twice. **Left there** is what stands at ${provider} in
the end; ${LEFT[provider]} **In the ledger** are the remote commands with how they ended (\`sent\`, \`adopted\`: found
after its answer was lost, \`failed\`: certainly nothing came of it, \`refused\`), calls for attention and what
people said. Every record also has the opening, the plan, the lock, and the end.
`;
