import { Argument, type Command } from 'commander';
import { InvalidInput } from '../errors.js';
import type { InputOf, OperationRequest } from '../domain/inputs.js';
import type { OperationKind } from '../domain/operations.js';
import type { ExitCode } from './exit-codes.js';
import {
  addBy,
  addExamples,
  addJson,
  addNotes,
  addTenant,
  type ByOptions,
  type CommonOptions,
  ifBusy,
} from './options.js';
import type { Output } from './output.js';
import { run } from './run.js';

/** Options of every command that starts an operation on something that exists. */
export interface OperationOptions extends CommonOptions, ByOptions {
  readonly account?: string;
  readonly tenant?: string;
  readonly reason?: string;
  readonly key?: string;
  readonly ifBusy?: 'queue' | 'refuse';
  readonly dryRun?: boolean;
  readonly wait?: boolean;
}

/** What the command is given, and how it is explained. */
export interface Subject {
  readonly name: 'site' | 'group' | 'site-url' | 'domain';
  readonly help: string;
}

/** One kind of operation as a command. */
export interface OperationCommand<K extends OperationKind, Options> {
  readonly kind: K;
  /** What is typed below a parent command, e.g. `register`; default: the kind. */
  readonly verb?: string;
  readonly description: string;
  readonly subject: Subject;
  /** Whose sites they are: a Frappe Cloud account (default) or a MaplePress tenant. */
  readonly owner?: 'account' | 'tenant';
  /** Adds what only this kind knows. */
  readonly options?: (command: Command) => Command;
  /** What those options say, as members of the input. @throws InvalidInput */
  readonly input?: (options: Options) => Promise<object> | object;
  /** What `--secret-config` says: sealed, it becomes part of the `config` of the input. */
  readonly secretConfig?: (options: Options) => readonly string[] | undefined;
  readonly examples: readonly string[];
  /** What it needs, and what happens; a sentence each. */
  readonly notes?: readonly string[];
}

/** The member of the input that holds the subject. */
const MEMBERS = { site: 'site', group: 'group', 'site-url': 'siteUrl', domain: 'site' } as const;

/** Registers `sitewright <kind> <subject>`, or `sitewright <parent> <verb> <subject>`. */
export function registerOperation<K extends OperationKind, Options = unknown>(
  parent: Command,
  it: OperationCommand<K, Options>,
): void {
  const { name, help } = it.subject;
  const command = parent
    .command(it.verb ?? it.kind)
    .description(it.description)
    .addArgument(new Argument(`<${name}>`, help));
  it.options?.(command);
  addOwner(command, it.owner)
    .option('--reason <text>', 'why, for approvers and the ledger')
    .option('--key <key>', 'idempotency key: repeated, it is the same operation for ever')
    .addOption(ifBusy(name === 'group' ? name : 'site'))
    .option('--dry-run', 'only show what would be done')
    .option('--wait', 'wait until it has ended, or needs a person');
  addNotes(addExamples(addJson(addBy(command)), it.examples), it.notes).action(
    (subject: string, options: Options & OperationOptions) =>
      run(options, (out) => start(out, it, subject, options, typedLine())),
  );
}

function addOwner(command: Command, owner: 'account' | 'tenant' = 'account'): Command {
  return owner === 'tenant'
    ? addTenant(command)
    : command.option('--account <name>', 'configured Frappe Cloud account (default: main)');
}

async function start<K extends OperationKind, Options>(
  out: Output,
  it: OperationCommand<K, Options>,
  subject: string,
  options: Options & OperationOptions,
  commandLine: string,
): Promise<ExitCode> {
  const [
    { defaultsAt },
    { namedPerson },
    { checkInput },
    { readSecrets, sealedLater, withSealed },
    { findInstallation, withSession },
    { showPlanned, showStarted },
  ] = await Promise.all([
    import('./prepare-provision.js'),
    import('./person.js'),
    import('../schemas/operation-inputs.js'),
    import('./secrets.js'),
    import('./session.js'),
    import('./started.js'),
  ]);
  const installation = await findInstallation();
  const by = namedPerson(options.by, installation.config.user);
  const { account, domain } = defaultsAt(installation, by);
  const { reason, key, dryRun } = options;
  const request: OperationRequest = {
    account: options.tenant ?? options.account ?? account,
    requestedBy: by,
    ...(reason !== undefined && { reason }),
    // A key of a real operation must stay free for it.
    ...(key !== undefined && !dryRun && { idempotencyKey: key }),
    ...(options.ifBusy !== undefined && { ifBusy: options.ifBusy }),
    ...(dryRun && { dryRun }),
  };
  const bare = it.subject.name === 'site' && !subject.includes('.') && domain !== undefined;
  const secrets = await readSecrets(it.secretConfig?.(options));
  const asked = {
    ...request,
    [MEMBERS[it.subject.name]]: bare ? `${subject}.${domain}` : subject,
    ...withConfig((await it.input?.(options)) ?? {}, sealedLater(secrets)),
  };
  const checked = checkInput(it.kind, asked);
  if (!checked.ok) throw new InvalidInput(checked.problems);
  const input: InputOf[K] = checked.input;
  return withSession(async (session) => {
    const sealed = await withSealed(session.client, input, secrets);
    const handle = await session.client.start(it.kind, sealed);
    return dryRun
      ? showPlanned(out, session, handle, commandLine)
      : showStarted(out, session, it.kind, handle, options);
  }, installation);
}

/** @throws InvalidInput for a key that is given in both ways */
function withConfig(given: object, secret: Readonly<Record<string, object>>): object {
  const config = 'config' in given ? (given.config as object) : {};
  const twice = Object.keys(config).filter((key) => key in secret);
  if (twice.length > 0) {
    const message = (key: string) => `"${key}" is given with --config, too`;
    throw new InvalidInput(twice.map((key) => ({ path: 'secretConfig', message: message(key) })));
  }
  const isNone = Object.keys(secret).length === 0;
  return isNone ? given : { ...given, config: { ...config, ...secret } };
}

/** What was typed, without `--dry-run`. */
function typedLine(): string {
  const words = process.argv.slice(2).filter((word) => word !== '--dry-run' && word !== '--json');
  return ['npx sitewright', ...words.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w.,:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
