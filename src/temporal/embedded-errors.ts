import type { InstanceRecord } from './instance-lock.js';

/** Another process already runs the server on this data directory. */
export class EmbeddedTemporalRunning extends Error {
  override readonly name = 'EmbeddedTemporalRunning';
  readonly pid: number;
  readonly address: string | undefined;

  constructor({ owner, address }: InstanceRecord) {
    super(
      `process ${owner.pid} already runs the embedded Temporal server on this data directory` +
        (address === undefined ? ' (it is starting)' : `, at ${address}`),
    );
    this.pid = owner.pid;
    this.address = address;
  }
}

/** There is no Temporal CLI to run. */
export class TemporalCliMissing extends Error {
  override readonly name = 'TemporalCliMissing';

  constructor() {
    super('there is no Temporal CLI; `npm run setup` fetches or builds it');
  }
}

/** The server did not come up. */
export class EmbeddedTemporalFailed extends Error {
  override readonly name = 'EmbeddedTemporalFailed';

  constructor(problem: string, logFile: string, tail: string) {
    super(`the embedded Temporal server did not come up: ${problem}\n${tail}\n(${logFile})`);
  }
}
