import type { ContractReport } from '../../schemas/estate/contract.js';
import { ExitCode } from '../exit-codes.js';
import type { Output } from '../output.js';
import { type LiveRegion, liveRegion } from '../render/live.js';
import type { Estate } from './client.js';
import { changedOf, renderContract } from './render-contract.js';

/** Asks a gateway to try every read, and shows what is being read and what they came to. */
export async function checkContract(
  out: Output,
  estate: Pick<Estate, 'contract'>,
  account: string,
): Promise<ExitCode> {
  const region = out.live ? liveRegion(out) : null;
  let report: ContractReport;
  try {
    report = await readContract(estate, account, region);
  } finally {
    region?.erase();
  }
  out.document(report);
  out.lines(renderContract(report, out.view()));
  return changedOf(report).length > 0 ? ExitCode.findings : ExitCode.ok;
}

async function readContract(
  estate: Pick<Estate, 'contract'>,
  account: string,
  region: LiveRegion | null,
): Promise<ContractReport> {
  const findings: ContractReport['findings'][number][] = [];
  let reads = 0;
  region?.draw(['Looking for something to read …']);
  for await (const line of estate.contract(account)) {
    if ('begin' in line) reads = line.begin.reads;
    else findings.push(line.finding);
    const last = findings.at(-1);
    region?.draw([`${findings.length} of ${reads} reads  ${last?.endpoint ?? ''}`.trimEnd()]);
  }
  return { account, findings };
}
