/** One thing the doctor looked at. */
export interface Finding {
  readonly what:
    'temporal' | 'workers' | 'account' | 'tenant' | 'ledger' | 'operation' | 'secret' | 'gateway';
  /** `warn` needs nobody's attention today. */
  readonly result: 'ok' | 'warn' | 'bad';
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}
