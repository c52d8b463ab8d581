/** One thing the doctor looked at. */
export interface Finding {
  readonly what: 'temporal' | 'workers' | 'account' | 'ledger' | 'operation' | 'secret';
  /** `warn` needs nobody's attention today. */
  readonly result: 'ok' | 'warn' | 'bad';
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}
