import type { MigrateArgs } from '../../domain/site-changes.js';
import type { Sent, Tracker } from '../../domain/trackers.js';
import { migrateSite } from '../../frappe-cloud/index.js';
import { runCommand } from '../commands.js';
import type { ActivityDeps } from '../deps.js';
import { whileBeating } from '../heartbeat.js';
import { locateByActivity } from '../locate-activity.js';

/** The remote effect of a migration, sent once for each round (D 4.1). */
export function createMigrateActivities(deps: ActivityDeps) {
  return {
    /** Migrates the database where the site stands; Press makes no copy and recovers nothing (C 2.5). */
    async startMigration(args: MigrateArgs): Promise<Sent> {
      const { key, site, skipFailingPatches } = args;
      const account = deps.accounts.get(args.account);
      const track = (job: string): Tracker => ({ kind: 'site-job', site, job });
      const deed = { key, site, action: 'Migrate', track };
      return whileBeating((signal) =>
        runCommand(deps, {
          key,
          account,
          endpoint: 'press.api.client.run_doc_method Site.migrate',
          payload: { site, skipFailingPatches },
          // Another one after the first has ended migrates again (observed-2 1).
          repeat: 'after_horizon',
          locate: (since) => locateByActivity(deps, account, deed, since, { signal }),
          async send(): Promise<Tracker> {
            const asked = { site, skip_failing_patches: skipFailingPatches };
            return track(await migrateSite(account.press, asked, { signal }));
          },
        }),
      );
    },
  };
}
