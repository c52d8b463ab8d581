import {
  databasePerformance,
  databaseProcesses,
  databaseSchema,
  suggestedIndexes,
} from '../../frappe-cloud/index.js';
import { ARGUMENTS } from './arguments.js';
import { type Read, reading } from './read.js';
import { withoutLiterals } from './shown.js';

const { site } = ARGUMENTS;

/** Statements in these may hold data of the customer: what they quote is left out. */
export const DATABASE: Readonly<Record<string, Read>> = {
  'Site.get_database_performance_report': reading({ site }, async (press, given, options) =>
    withoutLiterals(await databasePerformance(press, given, options)),
  ),
  'Site.fetch_database_table_schema': reading({ site }, databaseSchema),
  'Site.fetch_database_processes': reading({ site }, async (press, given, options) =>
    withoutLiterals(await databaseProcesses(press, given, options)),
  ),
  'Site.suggest_database_indexes': reading({ site }, async (press, given, options) =>
    withoutLiterals(await suggestedIndexes(press, given, options)),
  ),
};
