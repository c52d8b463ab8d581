import { createJob } from '../jobs/create.js';
import type { BackupSource } from '../restores/source.js';
import type { JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { recordActivity } from './activity.js';
import { BLACKLIST, configRow } from './config.js';
import { proxyServer } from './servers.js';

/** The own keys of the backup's configuration, the key of encrypted values included (observed-2 5). */
export function takeOver(
  world: World,
  site: SiteRow,
  user: string,
  { config, lateError }: BackupSource,
) {
  if (lateError !== null) throw lateError;
  for (const [key, value] of Object.entries(config)) {
    if (!BLACKLIST.has(key)) site.config.push(configRow(world, user, key, value));
  }
  recordActivity(world, site, user, 'Update Configuration');
}

/** The two jobs that make a site: on its server, and on the proxy. @returns the first. */
export function createFirstJobs(
  world: World,
  site: SiteRow,
  owner: string,
  source: BackupSource | null,
): JobRow {
  const { name, bench, server } = site;
  const job = createJob(world, {
    jobType: source === null ? 'New Site' : 'New Site from Backup',
    site: name,
    bench,
    server,
    owner,
    data: source?.data ?? {},
    fault: source?.fault ?? null,
  });
  createJob(world, {
    jobType: 'Add Site to Upstream',
    site: name,
    bench: null,
    server: proxyServer(site.domain),
    owner,
  });
  return job;
}
