import { type Command, InvalidArgumentError } from 'commander';
import { SITE_STATUSES, type SiteStatus } from '../../domain/site-status.js';
import type { SiteFilter } from '../../schemas/estate/sites.js';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { addExamples, addJson, positive } from '../options.js';
import { run } from '../run.js';

interface Options extends EstateOptions, SiteFilter {
  readonly ndjson?: boolean;
}

/** `sitewright sites`: what an account has. */
export function registerSites(program: Command): void {
  const command = program
    .command('sites')
    .description('list the sites of an account, from A to Z, as they come');
  addAccount(command)
    .option('--status <status>', 'Active, Broken, …, with commas between them', statuses)
    .option('--plan <plan>', 'on this plan')
    .option('--version <version>', 'of this Frappe version')
    .option('--group <group>', 'on this bench group, by name or title')
    .option('--cluster <cluster>', 'in this cluster')
    .option('--tag <tag>', 'with this tag')
    .option('--search <text>', 'with this in the name or the primary domain')
    .option('--limit <n>', 'how many at most', positive)
    .option('--ndjson', 'print a JSON document per line, as --json does');
  addExamples(addJson(command), [
    'sites',
    'sites --status Broken,Suspended',
    'sites --version "Version 15" --plan "USD 25"',
    'sites --search acme --json',
  ]).action(({ json, ndjson, account, ...filter }: Options) =>
    run({ json: json === true || ndjson === true }, async (out) => {
      const [{ withEstate }, { printSites }] = await Promise.all([
        import('../estate/connection.js'),
        import('../estate/sites.js'),
      ]);
      return withEstate(({ estate }) => printSites(out, estate, account, filter));
    }),
  );
}

function statuses(text: string): readonly SiteStatus[] {
  return text.split(',').map((given) => {
    const known = SITE_STATUSES.find((status) => status.toLowerCase() === given.toLowerCase());
    if (known === undefined) throw new InvalidArgumentError(`one of ${SITE_STATUSES.join(', ')}.`);
    return known;
  });
}
