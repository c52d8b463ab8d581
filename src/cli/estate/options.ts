import { type Command, InvalidArgumentError } from 'commander';
import { type CommonOptions, positive } from '../options.js';

/** Options of the commands that read what an account has. */
export interface EstateOptions extends CommonOptions {
  readonly account: string;
}

/** Options of lists that come in pages. */
export interface PageOptions extends EstateOptions {
  readonly limit: number;
  readonly start?: number;
}

/** What the gateway answers at most at once. */
const MOST_ROWS = 500;
const DEFAULT_ROWS = 50;

export function addAccount(command: Command): Command {
  return command.option('--account <name>', 'configured Frappe Cloud account', 'main');
}

export function addPage(command: Command, { withStart = true } = {}): Command {
  command.option('--limit <n>', `how many at most, up to ${MOST_ROWS}`, pageSize, DEFAULT_ROWS);
  return withStart ? command.option('--start <n>', 'how many to skip', positive) : command;
}

function pageSize(text: string): number {
  const size = positive(text);
  if (size > MOST_ROWS) throw new InvalidArgumentError(`at most ${MOST_ROWS}.`);
  return size;
}
