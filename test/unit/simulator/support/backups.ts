import { MINUTE, type Press } from './press-client.js';
import { get } from './raw-http.js';

export const HOUR = 60 * MINUTE;
export const ALL_STATUSES = ['in', ['Pending', 'Running', 'Success', 'Failure']];

export const scheduleBackup = (press: Press, site: string, args: object = { with_files: true }) =>
  press.rdm(site, 'schedule_backup', args);

export const listBackups = (press: Press, site: string, fields: string[], status?: unknown) =>
  press.ask<Record<string, unknown>[]>('press.api.client.get_list', {
    doctype: 'Site Backup',
    fields,
    filters: { site, ...(status === undefined ? {} : { status }) },
    order_by: 'creation desc',
  });

/** A row of `press.api.site.backups`. */
export type BackupLine = Record<string, string | number | null>;

export const backupsOf = (press: Press, site: string) =>
  press.ask<BackupLine[]>('press.api.site.backups', { name: site });

/** A finished on-site backup with files. */
export async function backedUp(press: Press, site: string): Promise<BackupLine> {
  await scheduleBackup(press, site);
  press.sim.clock.advance(5 * MINUTE);
  const [newest] = await backupsOf(press, site);
  if (newest === undefined) throw new Error('no backup');
  return newest;
}

/** A finished offsite backup, as Press's scheduler takes it. */
export async function backedUpOffsite(press: Press, site: string): Promise<BackupLine> {
  const name = press.sim.backUp(site, { offsite: true });
  press.sim.clock.advance(5 * MINUTE);
  const made = (await backupsOf(press, site)).find((row) => row.name === name);
  if (made === undefined) throw new Error('no backup');
  return made;
}

export const loginTo = async (press: Press, site: string): Promise<string> => {
  const { sid } = await press.ask<{ sid: string }>('press.api.site.login', { name: site });
  return sid;
};

/** Downloads a file of a backup from its site. */
export async function download(
  press: Press,
  site: string,
  url: unknown,
  headers: Record<string, string> = {},
) {
  const { pathname } = new URL(String(url));
  const sid = await loginTo(press, site);
  return get(press, { host: site, path: pathname, headers: { cookie: `sid=${sid}`, ...headers } });
}

export const siteOf = (press: Press, name: string) => {
  const site = press.sim.estate().sites.find((row) => row.name === name);
  if (site === undefined) throw new Error(`no site ${name}`);
  return site;
};

export const restore = (press: Press, name: string, files: object, extra: object = {}) =>
  press.call('press.api.site.restore', { name, files, ...extra });

/** The Remote Files of an offsite backup, as a restore wants them. */
export const filesOf = (line: BackupLine) => ({
  database: line.remote_database_file,
  public: line.remote_public_file,
  private: line.remote_private_file,
});

/** Steps of the newest job of a type: name and status. */
export function stepsOf(press: Press, jobType: string): Record<string, string> {
  const job = press.sim.estate().jobs.findLast((row) => row.jobType === jobType);
  return Object.fromEntries((job?.steps ?? []).map(({ name, status }) => [name, status]));
}

export const jobStatus = (press: Press, jobType: string) =>
  press.sim.estate().jobs.findLast((row) => row.jobType === jobType)?.status;
