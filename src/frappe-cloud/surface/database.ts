import type { Danger, SurfaceRow } from './row.js';

const SOURCE = 'observed-2 9';

const run = (
  method: string,
  call: string,
  what: string,
  { danger = 'read', repeated = 'the same answer', tracker = null, source = SOURCE }: Rest = {},
): SurfaceRow => ({
  endpoint: `Site.${method}`,
  what,
  danger,
  reach: { by: 'document method', call },
  tracker,
  repeated,
  source,
});

interface Rest {
  readonly danger?: Danger;
  readonly repeated?: string;
  readonly tracker?: string | null;
  readonly source?: string;
}

const beyond = (method: string, what: string, why: string, source = SOURCE): SurfaceRow => ({
  endpoint: `Site.${method}`,
  what,
  danger: 'read',
  reach: { by: 'nothing', why },
  tracker: null,
  repeated: 'nothing to repeat',
  source,
});

const BINLOGS =
  'Frappe indexes binlogs only for teams it has switched that on for; refused for all others.';
const STARTS_JOB = { danger: 'moderate', tracker: 'Agent Job', repeated: 'another job' } as const;

/** Tools of the dashboard for one site: its contacts and its database. */
export const DATABASE_ROWS: readonly SurfaceRow[] = [
  run('is_setup_wizard_complete', 'isSetupWizardComplete', 'Whether its first steps are done', {
    source: 'D 6.4, observed-2 9',
  }),
  run('enable_monitoring', 'enableMonitoring', 'Has Press watch the site again', {
    danger: 'low',
    repeated: 'no further effect',
  }),
  run('get_communication_infos', 'siteContacts', 'Whom Press tells about the site'),
  run('update_communication_infos', 'setSiteContacts', 'Sets whom Press tells about the site', {
    danger: 'low',
    repeated: 'no further effect',
  }),
  run('optimize_tables', 'optimizeTables', 'Rebuilds its tables, which locks them', STARTS_JOB),
  run('get_database_performance_report', 'databasePerformance', 'Slow queries, unused indexes'),
  run('fetch_database_table_schema', 'databaseSchema', 'Its tables'),
  run('fetch_database_processes', 'databaseProcesses', 'What its database is doing'),
  run('kill_database_process', 'killDatabaseProcess', 'Breaks off one of those', {
    danger: 'moderate',
    repeated: 'nothing is left to break off',
  }),
  run('run_sql_query_in_database', 'queryDatabase', 'Asks its database; only what reads is sent', {
    danger: 'secret',
  }),
  run('suggest_database_indexes', 'suggestedIndexes', 'Indexes that would help'),
  run('add_database_index', 'addDatabaseIndex', 'Adds an index, which locks a table', STARTS_JOB),
  beyond(
    'fetch_database_locks',
    'Who waits for whom in its database',
    "Press refuses it to a team's user, and says so with a 200 and an empty list.",
  ),
  beyond('binlog_indexing_service_status', 'Whether binlogs are indexed', BINLOGS),
  beyond('fetch_binlog_timeline', 'Writes by time', BINLOGS),
  beyond('search_binlogs', 'Looks for writes', BINLOGS),
  beyond('fetch_queries_from_binlog', 'Writes in full', BINLOGS),
];
