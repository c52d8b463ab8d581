import path from 'node:path';
import { InvalidInput } from '../../errors.js';
import type { InputProblem } from '../../schemas/common.js';
import type { ByOptions, CommonOptions } from '../options.js';
import { personFrom } from '../person.js';
import { defaultsAt } from '../prepare-provision.js';
import { givenBy, type ProvisionOptions } from '../provision-input.js';
import { readSecrets } from '../secrets.js';
import { findInstallation, type Installation } from '../session.js';
import type { Shared } from './row-input.js';
import type { BatchFormat } from './rows.js';
import { STANDARD_INPUT } from './source.js';

/** Options of `provision --file`; those of a single provision count for every row. */
export interface BatchOptions extends ProvisionOptions, ByOptions, CommonOptions {
  readonly file: string;
  readonly format?: BatchFormat;
  readonly batch?: string;
  /** Rows at once. */
  readonly concurrency?: number;
  /** Failed rows. */
  readonly stopAfter?: number;
  readonly wait?: boolean;
}

/**
 * Everything that can be found wrong before a row is read.
 *
 * @throws InvalidInput, InvalidConfig
 */
export async function prepareBatch(
  options: BatchOptions,
): Promise<{ readonly installation: Installation; readonly shared: Shared }> {
  const problems: InputProblem[] = [];
  const given = givenBy(options, problems);
  if (options.key !== undefined) {
    const message = 'names one operation; with --file, rows have a column "key"';
    problems.push({ path: 'idempotencyKey', message });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  const installation = await findInstallation();
  const requestedBy = personFrom(options.by, installation.config.user);
  const secrets = await readSecrets(options.secretConfig, options.file === STANDARD_INPUT);
  const batch = options.batch ?? path.basename(options.file);
  const defaults = defaultsAt(installation, requestedBy);
  return { installation, shared: { defaults, given, secrets, batch } };
}
