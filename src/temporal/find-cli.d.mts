/** A Temporal CLI that answered `--version`. */
export interface TemporalCli {
  path: string;
  /** Its own words, such as `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`. */
  version: string;
  source: 'SITEWRIGHT_TEMPORAL_CLI' | 'PATH' | 'cache';
}

/** The CLI named by `SITEWRIGHT_TEMPORAL_CLI` cannot be used; the message says why. */
export class TemporalCliUnusable extends Error {}

/** The CLI release that set-up fetches or builds. */
export const temporalCliVersion: string;

/** Where set-up puts the CLI: `<user cache>/sitewright/temporal-cli/<version>/temporal`. */
export function cachedTemporalCli(env?: NodeJS.ProcessEnv): string;

/**
 * Finds a usable CLI: `SITEWRIGHT_TEMPORAL_CLI`, then PATH, then our cache (D 13). One on PATH that
 * is too old or does not answer is passed over.
 *
 * @returns undefined when there is none.
 * @throws TemporalCliUnusable when `SITEWRIGHT_TEMPORAL_CLI` is set and cannot be used.
 */
export function findTemporalCli(env?: NodeJS.ProcessEnv): Promise<TemporalCli | undefined>;

/** Asks an executable for its version; exactly one of the two fields of the answer is set. */
export function probeTemporalCli(file: string): Promise<{ version?: string; problem?: string }>;
