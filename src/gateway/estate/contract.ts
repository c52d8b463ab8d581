import { type Account, checkContract, type Finding } from '../../frappe-cloud/index.js';
import type { ContractReport } from '../../schemas/estate/contract.js';

/** Every read of the contract, one after the other: a minute on a slow day. */
export async function contractOf(account: Account, signal: AbortSignal): Promise<ContractReport> {
  const findings: Finding[] = [];
  for await (const finding of checkContract(account, { signal })) findings.push(finding);
  return { account: account.name, findings };
}
