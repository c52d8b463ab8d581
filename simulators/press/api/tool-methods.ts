import type { Columns, DocMethod } from '../documents/doctype.js';
import { crash, missing, type PressError, refuse } from '../http/errors.js';
import type { JobType } from '../jobs/job-types.js';
import { isObject } from '../json.js';
import { onServer } from '../sites/actions.js';
import { isUp } from '../sites/visit.js';
import type { SiteRow } from '../world/model.js';
import { type CallContext, type Outcome, type Params, userOf } from './endpoint.js';

type Act = (context: CallContext, site: SiteRow, args: Params) => Outcome;

function method(params: readonly string[], requires: readonly string[], act: Act): DocMethod {
  return {
    params,
    requires,
    mutates: true,
    run(context, name, args) {
      const site = context.world.state.sites[name];
      if (site === undefined) throw missing('Site', name);
      return act(context, site, args);
    },
  };
}

/** The same answer whoever asks: databases of this world are empty and idle. */
const always = (answer: Columns): DocMethod => method([], [], () => answer);

const starting = (params: readonly string[], jobType: JobType, message: string): DocMethod =>
  method(params, params, (context, site) => {
    const job = onServer(context.world, site, userOf(context).user, jobType);
    context.world.effect('database.job', site.name, job.name);
    return { success: true, message, job_name: job.name };
  });

const refusing = (error: () => PressError): DocMethod =>
  method([], [], () => {
    throw error();
  });

const NO_BINLOGS =
  'Binlog indexing service is not enabled or in maintenance. Please try again later';
const SUPPORT =
  " or reach out to us at <a class='underline' " +
  "href='https://docs.frappe.io/cloud/sites/drop-delete-your-site'>support.frappe.io</a>.";

/** Contacts, monitoring and database of a site among the dashboard's methods (observed-2 9). */
export const toolMethods: Readonly<Record<string, DocMethod>> = {
  get_communication_infos: method([], [], ({ world }, site) =>
    world.state.contacts
      .filter((row) => row.site === site.name)
      .map(({ channel, type, value }) => ({ channel, type, value })),
  ),
  update_communication_infos: method(['values'], ['values'], (context, site, { values }) => {
    const { world } = context;
    const rows = Array.isArray(values) ? values.filter(isObject) : [];
    world.state.contacts = world.state.contacts.filter((row) => row.site !== site.name);
    for (const { channel, type, value } of rows) {
      const contact = { channel: channel ?? null, type: type ?? null, value: value ?? null };
      world.state.contacts.push({ site: site.name, ...contact });
    }
    world.effect('site.contacts', site.name);
    return undefined;
  }),
  /** Nothing but its refusal was measured; here: of a site that does not answer. */
  enable_monitoring: method([], [], ({ world }, site) => {
    if (site.unmonitored !== true) return undefined;
    if (!isUp(site)) throw refuse('Site is not responding. Please mend it first.');
    site.unmonitored = false;
    world.effect('site.monitor', site.name);
    return undefined;
  }),
  is_setup_wizard_complete: refusing(() => crash('KeyError', "'setup_complete'")),
  optimize_tables: starting(
    [],
    'Optimize Tables',
    'Optimize Tables has been triggered on this site.',
  ),
  add_database_index: starting(
    ['table', 'column'],
    'Add Database Index',
    'Database index will be added on site.',
  ),
  get_database_performance_report: always({
    unused_indexes: [],
    redundant_indexes: [],
    top_10_time_consuming_queries: [],
    top_10_queries_with_full_table_scan: [],
    slow_queries: [],
    is_performance_schema_enabled: 0,
  }),
  fetch_database_table_schema: always({ loading: false, data: [] }),
  suggest_database_indexes: always({ loading: false, data: [] }),
  fetch_database_processes: always({ success: true, output: [], data: [] }),
  fetch_database_locks: method([], [], () => []),
  kill_database_process: method(['id'], ['id'], () => {
    throw crash('TypeError', "string indices must be integers, not 'str'");
  }),
  run_sql_query_in_database: method(['query', 'commit'], ['query', 'commit'], () => ({
    success: true,
    output: [],
    data: [],
  })),
  fetch_binlog_timeline: refusing(() => refuse(NO_BINLOGS + SUPPORT)),
  search_binlogs: refusing(() => refuse(NO_BINLOGS)),
};
