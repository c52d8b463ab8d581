import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { checkShape, flag } from './wire.js';

/**
 * Tools for the database of an own site, each asked of its server while the call waits
 * (observed-2 9). What is in their lists was only ever seen empty: it is passed on unread, may hold
 * data of the customer, and belongs in no log.
 */

interface SiteArgs {
  readonly site: string;
}

async function onSite<T>(
  press: Transport,
  { site, method, args }: SiteArgs & { method: string; args: Record<string, unknown> },
  schema: z.ZodType<T>,
  options?: CallOptions,
): Promise<T> {
  const { message } = await runDocMethod(press, { dt: 'Site', dn: site, method, args }, options);
  return checkShape(schema, message, `Site.${method}`);
}

const rows = z.array(z.unknown());
const ResultSchema = z.object({ success: z.boolean(), data: z.unknown() });
const LoadedSchema = z.object({ loading: flag, data: z.unknown() });
/** `loading`: Press has only begun to look; ask again. */
export type Loaded = z.infer<typeof LoadedSchema>;
const StartedSchema = z.object({ success: z.boolean(), job_name: z.string().nullish() });

/** The tables of the database. Read. @throws PressError */
export function databaseSchema(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<Loaded> {
  const call = { site, method: 'fetch_database_table_schema', args: {} };
  return onSite(press, call, LoadedSchema, options);
}

/** What the database is doing now. Read. @throws PressError */
export async function databaseProcesses(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<unknown> {
  const call = { site, method: 'fetch_database_processes', args: {} };
  return (await onSite(press, call, ResultSchema, options)).data;
}

/**
 * Breaks off one of {@link databaseProcesses}, and with it whatever the site was doing. Mutating, at
 * once. Repeated: nothing is left to break off. Never seen to succeed.
 *
 * @throws PressError
 */
export async function killDatabaseProcess(
  press: Transport,
  { site, id }: SiteArgs & { readonly id: string },
  options?: CallOptions,
): Promise<void> {
  const call = { dt: 'Site', dn: site, method: 'kill_database_process', args: { id } };
  await runDocMethod(press, call, options);
}

const ReportSchema = z.object({
  is_performance_schema_enabled: flag,
  unused_indexes: rows,
  redundant_indexes: rows,
  top_10_time_consuming_queries: rows,
  top_10_queries_with_full_table_scan: rows,
  slow_queries: rows,
});
export type PerformanceReport = z.infer<typeof ReportSchema>;

/** Slow queries and superfluous indexes. Read. @throws PressError */
export function databasePerformance(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<PerformanceReport> {
  const call = { site, method: 'get_database_performance_report', args: {} };
  return onSite(press, call, ReportSchema, options);
}

/** Indexes that would help. Read. @throws PressError */
export function suggestedIndexes(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<Loaded> {
  const call = { site, method: 'suggest_database_indexes', args: {} };
  return onSite(press, call, LoadedSchema, options);
}

/** Names the job, or tells that none was begun. */
async function job(press: Transport, call: Parameters<typeof onSite>[1], options?: CallOptions) {
  return (await onSite(press, call, StartedSchema, options)).job_name ?? null;
}

/**
 * Adds an index; answers the job, null when there is none. Mutating; the table may be locked
 * meanwhile. Repeated: another job.
 *
 * @throws PressError
 */
export function addDatabaseIndex(
  press: Transport,
  { site, ...args }: SiteArgs & { readonly table: string; readonly column: string },
  options?: CallOptions,
): Promise<string | null> {
  return job(press, { site, method: 'add_database_index', args }, options);
}

/**
 * Rebuilds the tables; answers the job, null when there is none. Mutating; tables are locked one
 * after the other. Press asks neither for the status of the site nor for an open job. Repeated:
 * another job.
 *
 * @throws PressError
 */
export function optimizeTables(
  press: Transport,
  { site }: SiteArgs,
  options?: CallOptions,
): Promise<string | null> {
  return job(press, { site, method: 'optimize_tables', args: {} }, options);
}

const READING = /^\s*(select|show|explain|describe)\b[^;]*;?\s*$/i;

/**
 * Asks the database of an own site one question. Press would run any statement; this sends only
 * one that reads, and never has it committed.
 *
 * @throws PressError `REFUSED`, unsent, for anything but one statement that reads
 */
export async function queryDatabase(
  press: Transport,
  { site, query }: SiteArgs & { readonly query: string },
  options?: CallOptions,
): Promise<unknown> {
  const method = 'run_sql_query_in_database';
  if (!READING.test(query) || /\binto\b|\bfor\s+update\b/i.test(query)) {
    throw new PressError({
      code: PressErrorCode.REFUSED,
      message: 'not sent: only one statement that reads is let through',
      endpoint: `Site.${method}`,
      sent: 'no',
    });
  }
  const call = { site, method, args: { query, commit: false } };
  return (await onSite(press, call, ResultSchema, options)).data;
}
