import { CommanderError } from 'commander';
import {
  IdempotencyConflict,
  InvalidInput,
  NotFound,
  SecretAlreadyClaimed,
  SecretUnknown,
  SiteBusy,
  Unreachable,
} from '../errors.js';
import { GatewayAnswer, GatewayUnknown } from './estate/errors.js';
import { ExitCode } from './exit-codes.js';

/** Ctrl-C while an operation was being watched: it goes on. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** The command to look again. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/**
 * By name, because most of these classes live in modules that take long to load: where one was
 * thrown, its module is there, elsewhere it need not be.
 */
const CODES: Readonly<Record<string, ExitCode>> = {
  CommanderError: ExitCode.badInput,
  InvalidArgumentError: ExitCode.badInput,
  InvalidInput: ExitCode.badInput,
  InvalidBatch: ExitCode.badInput,
  InvalidConfig: ExitCode.badInput,
  KeyRingInvalid: ExitCode.badInput,
  SealingKeyInvalid: ExitCode.badInput,
  SealedValueUnreadable: ExitCode.refused,
  InvalidPolicy: ExitCode.badInput,
  InvalidHandle: ExitCode.badInput,
  NotFound: ExitCode.notFound,
  SecretUnknown: ExitCode.notFound,
  SecretExpired: ExitCode.refused,
  SecretAlreadyClaimed: ExitCode.refused,
  SecretUnreadable: ExitCode.refused,
  LedgerMissing: ExitCode.notFound,
  CopyNotFound: ExitCode.notFound,
  UnknownOperation: ExitCode.notFound,
  WorkflowNotFoundError: ExitCode.notFound,
  Unreachable: ExitCode.unreachable,
  GatewayUnknown: ExitCode.unreachable,
  GatewayFailed: ExitCode.unreachable,
  GatewayBadRequest: ExitCode.badInput,
  GatewayUnauthorized: ExitCode.badInput,
  GatewayNotFound: ExitCode.notFound,
  GatewayRefused: ExitCode.refused,
  LedgerUnavailable: ExitCode.unreachable,
  VaultUnavailable: ExitCode.unreachable,
  LedgerTooNew: ExitCode.unreachable,
  LedgerTooOld: ExitCode.unreachable,
  IdempotencyConflict: ExitCode.conflict,
  SiteBusy: ExitCode.conflict,
  Interrupted: ExitCode.interrupted,
};

/** The code an error ends the process with; an error nobody foresaw is a defect. */
export function exitCodeOfError(error: unknown): ExitCode {
  return (error instanceof Error ? CODES[error.name] : undefined) ?? ExitCode.defect;
}

/** What to do about an error, as a sentence or a command; null when the message says it. */
export function hintOf(error: unknown): string | null {
  if (error instanceof IdempotencyConflict) {
    return `choose another --key, or look at it: npx sitewright status ${error.operationId}`;
  }
  if (error instanceof SiteBusy) {
    return `say which one: ${error.operationIds.map((id) => `--operation ${id}`).join(' or ')}`;
  }
  if (error instanceof SecretAlreadyClaimed) {
    return `who took it: npx sitewright ledger ${error.operationId}`;
  }
  if (error instanceof NotFound) {
    return `what there is: npx sitewright ${error.among === 'schedules' ? 'schedule list' : 'list'}`;
  }
  if (error instanceof SecretUnknown) {
    return 'the handle stands in the result of the operation: npx sitewright status <operation>';
  }
  if (error instanceof Interrupted || error instanceof Unreachable) return error.hint;
  if (error instanceof GatewayUnknown || error instanceof GatewayAnswer) return error.hint;
  if (exitCodeOfError(error) === ExitCode.defect) return 'this is a defect of Sitewright';
  return null;
}

/** What `--json` answers instead of a result. */
export interface ErrorDocument {
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly problems?: unknown;
    readonly hint?: string;
  };
}

export function errorDocument(error: unknown): ErrorDocument {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const hint = hintOf(error);
  return {
    error: {
      name: error instanceof CommanderError ? 'InvalidInput' : name,
      message: message.replace(/^error: /, ''),
      ...problemsOf(error),
      ...(hint !== null && { hint }),
    },
  };
}

function problemsOf(error: unknown): { readonly problems?: unknown } {
  if (error instanceof InvalidInput) return { problems: error.problems };
  const { problems } = error as { problems?: unknown };
  return Array.isArray(problems) ? { problems } : {};
}
