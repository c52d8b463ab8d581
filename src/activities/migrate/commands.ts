import type { MigrateArgs } from '../../domain/site-changes.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import {
  type Account,
  type CallOptions,
  listSiteActivity,
  me,
  migrateSite,
} from '../../frappe-cloud/index.js';
import { type Located, runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { madeSince } from '../made-since.js';

/** The remote effect of a migration, sent once for each round (D 4.1). */
export function createMigrateActivities(deps: ActivityDeps) {
  const { accounts, ledger } = deps;
  return {
    /** Migrates the database where the site stands; Press makes no copy and recovers nothing (C 2.5). */
    async startMigration(args: MigrateArgs): Promise<Sent> {
      const { key, site, skipFailingPatches } = args;
      const account = accounts.get(args.account);
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.client.run_doc_method Site.migrate',
          payload: { site, skipFailingPatches },
          // Another one after the first has ended migrates again (observed-2 1).
          repeat: 'after_horizon',
          locate: (since) => locate(account, key.operationId, site, since, { signal }),
          async send(): Promise<Tracker> {
            const asked = { site, skip_failing_patches: skipFailingPatches };
            const job = await migrateSite(account.press, asked, { signal });
            return { kind: 'site-job', site, job };
          },
        }),
      );
    },
  };

  /** One activity per accepted migration, with its job; ours by user and time (observed-2 1). */
  async function locate(
    account: Account,
    operationId: string,
    site: string,
    since: number,
    options: CallOptions,
  ): Promise<Located> {
    const { press } = account;
    const { user } = await me(press, options);
    // The round before is ours too, and told apart by its job.
    const known = (await ledger.commandsOf(operationId)).flatMap(({ tracker }) =>
      tracker?.kind === 'site-job' ? [tracker.job] : [],
    );
    const rows = await listSiteActivity(press, { site, action: 'Migrate' }, options);
    const mine = rows.filter(({ owner, job }) => owner === user && !known.includes(job ?? ''));
    const ours = await madeSince(account, site, mine, since, options);
    if (ours === null) {
      return { state: 'ambiguous', reason: `${site} was migrated, and when cannot be told` };
    }
    const [row, another] = ours;
    if (row === undefined) return { state: 'none' };
    if (another !== undefined || row.job === null) {
      return { state: 'ambiguous', reason: `${site} was migrated more than once meanwhile` };
    }
    const { job } = row;
    return { state: 'found', tracker: { kind: 'site-job', site, job }, evidence: { job } };
  }
}
