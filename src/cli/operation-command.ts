import { Argument, type Command, Option } from 'commander';
import { InvalidInput } from '../errors.js';
import type { InputOf, OperationRequest } from '../domain/inputs.js';
import type { OperationKind } from '../domain/operations.js';
import type { ExitCode } from './exit-codes.js';
import {
  addBy,
  addExamples,
  addJson,
  addNotes,
  type ByOptions,
  type CommonOptions,
} from './options.js';
import type { Output } from './output.js';
import { run } from './run.js';

/** Options of every command that starts an operation on something that exists. */
export interface OperationOptions extends CommonOptions, ByOptions {
  readonly account?: string;
  readonly reason?: string;
  readonly key?: string;
  readonly ifBusy?: 'queue' | 'refuse';
  readonly dryRun?: boolean;
  readonly wait?: boolean;
}

/** One kind of operation as a command. */
export interface OperationCommand<K extends OperationKind, Options> {
  readonly kind: K;
  readonly description: string;
  /** What the command is given, e.g. `site`, and how it is explained. */
  readonly subject: { readonly name: 'site' | 'group'; readonly help: string };
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

/** Registers `sitewright <kind> <subject>`. */
export function registerOperation<K extends OperationKind, Options = unknown>(
  program: Command,
  it: OperationCommand<K, Options>,
): void {
  const { name, help } = it.subject;
  const command = program
    .command(it.kind)
    .description(it.description)
    .addArgument(new Argument(`<${name}>`, help));
  it.options?.(command);
  command
    .option('--account <name>', 'configured Frappe Cloud account (default: main)')
    .option('--reason <text>', 'why, for approvers and the ledger')
    .option('--key <key>', 'idempotency key: repeated, it is the same operation for ever')
    .addOption(
      new Option('--if-busy <what>', `when another operation holds the ${name}`).choices([
        'queue',
        'refuse',
      ]),
    )
    .option('--dry-run', 'only show what would be done')
    .option('--wait', 'wait until it has ended, or needs a person');
  addNotes(addExamples(addJson(addBy(command)), it.examples), it.notes).action(
    (subject: string, options: Options & OperationOptions) =>
      run(options, (out) => start(out, it, subject, options, lineOf(command))),
  );
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
  const { reason, key, ifBusy, dryRun } = options;
  const request: OperationRequest = {
    account: options.account ?? account,
    requestedBy: by,
    ...(reason !== undefined && { reason }),
    // A key of a real operation must stay free for it.
    ...(key !== undefined && !dryRun && { idempotencyKey: key }),
    ...(ifBusy !== undefined && { ifBusy }),
    ...(dryRun && { dryRun }),
  };
  const bare = it.subject.name === 'site' && !subject.includes('.') && domain !== undefined;
  const secrets = await readSecrets(it.secretConfig?.(options));
  const asked = {
    ...request,
    [it.subject.name]: bare ? `${subject}.${domain}` : subject,
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

/** The same command without `--dry-run`. */
function lineOf(command: Command): string {
  const typed = process.argv.slice(process.argv.indexOf(command.name()));
  const words = typed.filter((word) => word !== '--dry-run' && word !== '--json');
  return ['npx sitewright', ...words.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w.,:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
