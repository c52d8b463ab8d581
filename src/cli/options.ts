import { Argument, InvalidArgumentError, Option, type Command } from 'commander';

/** Options every command has. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** Options of commands that act in somebody's name. */
export interface ByOptions {
  readonly by?: string;
}

export function addJson(command: Command): Command {
  return command.option('--json', 'print JSON and nothing else');
}

export function addBy(command: Command): Command {
  return command.option(
    '--by <person>',
    'who acts, an id and no e-mail address (default: $SITEWRIGHT_USER, else your user name)',
  );
}

/** `<site|operation> [--operation ID]`. */
export function addTarget(command: Command): Command {
  return command
    .addArgument(new Argument('<site|operation>', 'name of a site, or id of an operation'))
    .option('--operation <id>', 'which one, when several operations of the site are open');
}

/** Whose WordPress sites. */
export function addTenant(command: Command): Command {
  return command.option('--tenant <name>', 'configured MaplePress tenant', DEFAULT_TENANT);
}

/** The tenant of those who have only one. */
const DEFAULT_TENANT = 'main';

/** How a site is named that is not there yet. */
export const SUBDOMAIN_HELP = 'subdomain of the new site, or its full name';

/** Site config, in clear and secret. */
export function addConfig(command: Command): Command {
  return command
    .option('--config <key=value>', 'site config to set; repeatable', collect)
    .option(
      '--secret-config <key>',
      'secret site config, encrypted before it leaves: key asks for it; key=@file, key=- (standard input), key=value; repeatable',
      collect,
    );
}

/** What `provision` and `plan` have in common, besides the name of the site. */
export function addProvisionInput(command: Command): Command {
  return addConfig(command)
    .option('--plan <plan>', 'site plan as Press spells it, e.g. "USD 25"')
    .option('--apps <apps>', 'app names with commas between them, frappe first')
    .option('--version <version>', 'Frappe version, e.g. "Version 15"')
    .option('--account <name>', 'configured Frappe Cloud account (default: main)')
    .option('--cluster <cluster>', 'cluster (default: the first of the bench group)')
    .option('--group <group>', 'bench group (default: the public one of the version)')
    .option('--server <server>', 'dedicated server of ours to put the site on')
    .option('--domain <domain>', 'root domain (default: the account’s)')
    .option('--custom-domain <domain>', 'domain of the customer to add; repeatable', collect)
    .option('--app-plan <app=plan>', 'marketplace plan of an app; repeatable', collect)
    .option(
      '--hand-over <secrets>',
      'login_link, administrator_password: made at the end, to be taken once with `claim`',
    )
    .option('--reason <text>', 'why, for approvers and the ledger')
    .option('--key <key>', 'idempotency key: repeated, it is the same operation for ever')
    .addOption(ifBusy('site'));
}

/** What becomes of an operation while another one holds the lock. */
export function ifBusy(subject: 'site' | 'group'): Option {
  const when = `when another operation holds the ${subject} (default: queue)`;
  return new Option('--if-busy <what>', when).choices(['queue', 'refuse']);
}

/** Adds what to type to the help of a command. */
export function addExamples(command: Command, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  $ npx sitewright ${example}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

/** Adds sentences below the examples; a line that begins with blanks goes on with the one above. */
export function addNotes(command: Command, notes: readonly string[] = []): Command {
  if (notes.length === 0) return command;
  const lines = notes.map((note) => (note.startsWith(' ') ? note : `- ${note}`));
  return command.addHelpText('after', `\n${lines.join('\n')}`);
}

/** A number of things, for commander. */
export function positive(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 1 on.');
}

/** For options that may be given again and again. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
