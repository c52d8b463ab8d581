/** How long things take, in virtual milliseconds. Defaults: {@link DEFAULT_TIMINGS}. */
export interface Timings {
  /** From the commit of a request until the server agent has accepted the job. */
  delivery: number;
  /** How long an accepted job waits in the agent's queue. */
  queue: number;
  /** Cadence at which Press asks agents for news (A 4.3: 5 s). */
  pollTick: number;
  /** Retry budget of an undeliverable job (A 4.3: about 8 h with six attempts). */
  deliveryGiveUp: number;
  /** Age at which the hourly sweep ends unfinished jobs (A 4.3: 2 days). */
  reaper: number;
  /** From `add_domain` until the certificate is there (C 5.8: allow 10-15 min). */
  certificate: number;
  /** Length of an image build. */
  build: number;
  /** Length of each phase of a repeated build before it runs. */
  buildPhase: number;
  /** Delay before the first, second and third automatic repetition of a build (A 3.5). */
  buildRetries: readonly number[];
  /** Length of each stage of a pipeline before its build. */
  pipelineStage: number;
  /** Age at which a build that does not move is failed (C 3.4: 2 h). */
  buildSweep: number;
  /** How long the files of a backup lie on the site's own server (B 1.5: 24 h). */
  onsiteBackup: number;
  /**
   * How often Press backs up each Active site by itself, the first time of a day offsite with files
   * (B 1.5: 6 h); 0, the default, never.
   */
  backupInterval: number;
  /** How long the bucket keeps an upload (B 3.3: a day). */
  uploadKept: number;
  /** How often Press starts scheduled Site Updates and looks after upgrades (C 2.1: 5 min). */
  updateRound: number;
  /**
   * How often Press updates sites by itself, at night and where there is an update (C 2.1: 15 min);
   * 0, the default, never.
   */
  autoUpdates: number;
  /** How often Press starts scheduled version upgrades (C 1.0: 15 min). */
  upgradeRound: number;
  /** Length of a move to another server (observed-2 6.5). */
  migration: number;
  /** After which a site whose creation or restore failed is archived by itself (B 2.5: 14 days). */
  creationFailedKept: number;
  /** Age from which an empty private bench is archived (D 1.8: 3 days). */
  idleBench: number;
  /** Length of one job step by step name; a step not named takes {@link Timings.step}. */
  steps: Record<string, number>;
  step: number;
  /** Random part of every duration: 0.2 means 20 % up or down. */
  jitter: number;
}
