import { text } from '../json.js';
import type { Json } from '../types.js';
import { createJob } from '../jobs/create.js';
import type { ConfigRow, JobRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

/** Keys a customer cannot set (C 5.2). */
export const BLACKLIST: ReadonlySet<string> = new Set([
  'ssl_certificate',
  'ssl_certificate_key',
  'frappecloud_url',
  'db_ssl_key',
  'db_password',
  'monitor',
  'root_login',
  'db_port',
  'webserver_port',
  'restart_systemd_on_update',
  'db_name',
  'db_ssl_cert',
  'db_ssl_ca',
  'keep_backups_for_hours',
  'socketio_port',
  'db_type',
  'db_host',
  'http_port',
  'developer_mode',
  'root_password',
  'allow_tests',
  'install_apps',
  'admin_password',
  'restart_supervisor_on_update',
  'rds_db',
  'rate_limit',
  'extra_config',
  'db_user',
]);

/** Site Config Keys known to Press: their type wins over the caller's (C 5.2). */
export const KNOWN_TYPES: Readonly<Record<string, string>> = {
  mail_server: 'String',
  mail_port: 'Number',
  mail_login: 'String',
  mail_password: 'Password',
  use_ssl: 'Boolean',
  auto_email_id: 'String',
  max_file_size: 'Number',
  server_script_enabled: 'Boolean',
  disable_signup: 'Boolean',
  host_name: 'String',
  maintenance_mode: 'Number',
};

export const HIDDEN_PASSWORD = '*******';

export function configRow(
  world: World,
  owner: string,
  key: string,
  value: Json,
  type = guessType(value),
): ConfigRow {
  return { ...world.newRow(owner), key, value: stored(value, type), type, internal: false };
}

/** The type Press gives to a key: its own list, else a guess from the JSON value. */
export function typeOf(key: string, value: Json, sent?: string): string {
  return KNOWN_TYPES[key] ?? sent ?? guessType(value);
}

function guessType(value: Json): string {
  if (typeof value === 'object' && value !== null) return 'JSON';
  if (typeof value === 'boolean') return 'Boolean';
  return typeof value === 'number' ? 'Number' : 'String';
}

/** Values are stored as text; what is no number becomes 0 without complaint (observed 4). */
function stored(value: Json, type: string): string {
  if (type === 'Number') {
    const number = Number(value);
    return String(Number.isFinite(number) ? Math.trunc(number) : 0);
  }
  if (type === 'Boolean') return String(!['', 'false', '0', 'null'].includes(text(value)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * The job that carries the whole configuration to the server; for Press it has no callback (C 5.2).
 *
 * @param maintenance what it says of maintenance mode; nothing when not given.
 */
export function pushConfig(
  world: World,
  site: SiteRow,
  owner: string,
  maintenance?: boolean,
): JobRow {
  return createJob(world, {
    jobType: 'Update Site Configuration',
    site: site.name,
    bench: site.bench,
    server: site.server,
    owner,
    data: maintenance === undefined ? {} : { maintenance },
  });
}
