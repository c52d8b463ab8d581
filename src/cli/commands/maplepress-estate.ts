import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WordPressStatus } from '../../schemas/estate/maplepress.js';
import { show } from '../estate/show.js';
import { addExamples, addJson, addTenant, type CommonOptions, positive } from '../options.js';
import { run } from '../run.js';

interface TenantOptions extends CommonOptions {
  readonly tenant: string;
}

interface ListOptions extends TenantOptions {
  readonly pending?: boolean;
  readonly active?: boolean;
  readonly limit?: number;
  readonly pageSize?: number;
  readonly ndjson?: boolean;
}

const LARGEST_PAGE = 100;

/** `sitewright maplepress sites`. */
export function registerMaplePressSites(maplePress: Command): void {
  const command = maplePress
    .command('sites')
    .description('list the sites of a tenant, as they come');
  addTenant(command)
    .addOption(new Option('--pending', 'those that no plugin has verified').conflicts('active'))
    .option('--active', 'those that are verified')
    .option('--limit <n>', 'how many at most', positive)
    .option('--page-size <n>', 'how many to ask MaplePress for at once, 1 to 100', pageSize)
    .option('--ndjson', 'print a JSON document per line, as --json does');
  addExamples(addJson(command), [
    'maplepress sites',
    'maplepress sites --pending',
    'maplepress sites --page-size 10 --limit 10 --json',
  ]).action(({ json, ndjson, tenant, ...given }: ListOptions) =>
    run({ json: json === true || ndjson === true }, async (out) => {
      const [{ withEstate }, { printWordPressSites }] = await Promise.all([
        import('../estate/connection.js'),
        import('../maplepress/sites.js'),
      ]);
      const { limit, pageSize } = given;
      const filter = { status: statusOf(given), limit, pageSize };
      return withEstate(({ estate }) => printWordPressSites(out, estate, tenant, filter));
    }),
  );
}

function statusOf({
  pending,
  active,
}: Pick<ListOptions, 'pending' | 'active'>): WordPressStatus | undefined {
  if (pending === true) return 'pending';
  return active === true ? 'active' : undefined;
}

/** In the words of MaplePress. */
function pageSize(text: string): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE) return size;
  throw new InvalidArgumentError(`Page size must be between 1 and ${LARGEST_PAGE}`);
}

/** `sitewright maplepress site <domain|id>`. */
export function registerMaplePressSite(maplePress: Command): void {
  const command = maplePress
    .command('site')
    .description('show a site: verified or not, key, plugin, usage, last operations')
    .argument('<domain|id>', 'its domain, or its id at MaplePress');
  addExamples(addJson(addTenant(command)), [
    'maplepress site example.com',
    'maplepress site 550e8400-e29b-41d4-a716-446655440000 --json',
  ]).action((site: string, options: TenantOptions) =>
    show(options, {
      read: ({ estate }) => estate.wordPressSite(options.tenant, site),
      render: async () => (await import('../maplepress/render-site.js')).renderWordPressSite,
    }),
  );
}

/** `sitewright maplepress usage`. */
export function registerMaplePressUsage(maplePress: Command): void {
  const command = maplePress
    .command('usage')
    .description(
      'what the sites of a tenant use, and the sum; a call per site, so it takes a while',
    );
  addExamples(addJson(addTenant(command)), [
    'maplepress usage',
    'maplepress usage --tenant other --json',
  ]).action((options: TenantOptions) =>
    run(options, async (out) => {
      const [{ withEstate }, { showUsage }] = await Promise.all([
        import('../estate/connection.js'),
        import('../maplepress/usage.js'),
      ]);
      return withEstate(({ estate }) => showUsage(out, estate, options.tenant));
    }),
  );
}
