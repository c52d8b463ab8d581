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
