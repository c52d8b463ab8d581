import { OPERATION_KINDS } from '../../domain/operations.js';
import { inspectPolicy } from '../../policy-file.js';
import { ExitCode } from '../exit-codes.js';
import type { Output } from '../output.js';
import { type CheckedPolicy, renderCheck } from '../render/policy-check.js';
import { decisiveFile } from './decisive-file.js';

/**
 * Prints what is wrong with a policy file, and what is worth knowing.
 *
 * @throws InvalidConfig when no file is named and the configuration does not say which
 */
export async function checkPolicy(out: Output, named?: string): Promise<ExitCode> {
  const decisive = await decisiveFile(named);
  const { file } = decisive;
  const { policy, problems, notes } = inspectPolicy(file);
  const checked: CheckedPolicy = {
    ok: policy !== null,
    ...decisive,
    ...(policy !== null && {
      version: policy.version,
      kinds: OPERATION_KINDS.filter((kind) => policy[kind].length > 0).length,
      rules: OPERATION_KINDS.reduce((sum, kind) => sum + policy[kind].length, 0),
    }),
    problems,
    notes,
  };
  out.document(checked);
  out.lines(renderCheck(checked, out.view()));
  return checked.ok ? ExitCode.ok : ExitCode.badInput;
}
