/** HTTP status by exception class (A 1.7); classes not listed are rule refusals, 417. */
const STATUS: Readonly<Record<string, number>> = {
  AuthenticationError: 401,
  InvalidSecretKeyError: 401,
  PermissionError: 403,
  DoesNotExistError: 404,
  DuplicateEntryError: 409,
  RateLimitExceededError: 429,
  TooManyRequestsError: 429,
  TypeError: 500,
  KeyError: 500,
  IndexError: 500,
  AttributeError: 500,
  ValueError: 500,
  JSONDecodeError: 500,
  OperationalError: 500,
  QueryDeadlockError: 500,
  QueryTimeoutError: 500,
  ConnectionError: 500,
  Exception: 500,
  AssertionError: 500,
  UnboundLocalError: 500,
  NoSuchKey: 500,
  NoSuchUpload: 500,
  ClientError: 500,
  NotImplementedError: 500,
  VersioningError: 500,
};

/** Press's own and Frappe's classes live in modules; Python's do not (`exception` shows it). */
const MODULE: Readonly<Record<string, string>> = {
  JSONDecodeError: 'json.decoder.',
  OperationalError: 'pymysql.err.',
  InvalidSecretKeyError: 'press.api.developer.',
  CannotChangePlan: 'press.exceptions.',
  ArchiveBenchError: 'press.exceptions.',
  AAAARecordExists: 'press.exceptions.',
  ConflictingCAARecord: 'press.exceptions.',
  ConflictingDNSRecord: 'press.exceptions.',
  DNSValidationError: 'press.exceptions.',
  DomainProxied: 'press.exceptions.',
  MultipleARecords: 'press.exceptions.',
  MultipleCNAMERecords: 'press.exceptions.',
  TLSRetryLimitExceeded: 'press.exceptions.',
  SiteTooManyPendingBackups: 'press.exceptions.',
  InsufficientSpaceOnServer: 'press.exceptions.',
  VersioningError: 'press.exceptions.',
  OngoingAgentJob: 'press.exceptions.',
  ConnectionError: 'requests.exceptions.',
  NoSuchKey: 'botocore.errorfactory.',
  NoSuchUpload: 'botocore.errorfactory.',
  ClientError: 'botocore.exceptions.',
};
const BUILTIN = new Set([
  'TypeError',
  'KeyError',
  'IndexError',
  'AttributeError',
  'ValueError',
  'AssertionError',
  'UnboundLocalError',
  'Exception',
  'NotImplementedError',
]);

interface PressErrorOptions {
  status?: number;
  title?: string;
  /** False for errors raised without a message to the user (auth, plain Python errors). */
  userMessage?: boolean;
  /** What `exception` shows when it differs from the user's message. */
  text?: string;
  /** 409s lack `raise_exception` and the id (observed C13). */
  plainMessage?: boolean;
  /** Messages to the user that came before this one. */
  earlier?: readonly string[];
  /** Errors of the framework itself carry no `_exc_source`. */
  source?: boolean;
}

/** An exception of the simulated server: ends the request, rolls it back, becomes an envelope. */
export class PressError extends Error {
  readonly excType: string;
  readonly status: number;
  readonly options: PressErrorOptions;

  constructor(excType: string, message: string, options: PressErrorOptions = {}) {
    super(message);
    this.name = 'PressError';
    this.excType = excType;
    this.status = options.status ?? STATUS[excType] ?? 417;
    this.options = options;
  }

  /** Dotted class and text, as `exception` has it. */
  get exception(): string {
    const module = MODULE[this.excType] ?? (BUILTIN.has(this.excType) ? '' : 'frappe.exceptions.');
    const text = this.options.text ?? this.message;
    return text === '' ? `${module}${this.excType}` : `${module}${this.excType}: ${text}`;
  }
}

/** The usual refusal of a business rule: 417. */
export const refuse = (message: string): PressError => new PressError('ValidationError', message);

export const forbid = (message: string): PressError => new PressError('PermissionError', message);

/** A plain Python error: 500 without a message for the user. */
export const crash = (excType: string, message: string): PressError =>
  new PressError(excType, message, { userMessage: false });

export const missing = (doctype: string, name: string): PressError =>
  new PressError('DoesNotExistError', `${doctype} ${name} not found`);

export const missingLink = (message: string): PressError =>
  new PressError('LinkValidationError', message);
