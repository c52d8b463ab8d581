import { loadConfig } from '../../config.js';
import { findStack } from '../../stack/discovery.js';

/** The policy file that is looked at. */
export interface DecisiveFile {
  readonly file: string;
  /** Who goes by it: nobody yet (it was named), the worker of the local stack, or a worker that is started here. */
  readonly of: 'named' | 'stack' | 'configuration';
}

/**
 * Finds the policy file that decides here: one that is named, else that of a local stack that runs on
 * the data directory, else that of the configuration.
 *
 * @throws InvalidConfig when none is named and the configuration cannot be read
 */
export async function decisiveFile(named: string | undefined): Promise<DecisiveFile> {
  if (named !== undefined) return { file: named, of: 'named' };
  const { policyFile, dataDir, temporalInEnvironment } = loadConfig();
  const stack = temporalInEnvironment ? null : await findStack(dataDir);
  return stack === null
    ? { file: policyFile, of: 'configuration' }
    : { file: stack.policyFile, of: 'stack' };
}

/** `config/policy.yaml, of the local stack that runs here`. */
export function fileText({ file, of }: DecisiveFile): string {
  const whose = { named: '', stack: ', of the local stack that runs here', configuration: '' };
  return `${file}${whose[of]}`;
}
