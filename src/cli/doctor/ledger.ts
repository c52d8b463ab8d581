import type { Diagnosis } from '../../activities/diagnose.js';
import type { Sitewright } from '../../client.js';
import type { Config } from '../../config.js';
import type { Ledger, OperationRow } from '../../ledger/types.js';
import { createRuns } from '../../temporal/runs.js';
import { openExisting } from '../ledger-reading.js';
import type { Finding } from './finding.js';

/** More open operations than this are not looked at one by one. */
const AT_MOST = 1_000;

/** The ledger as the worker sees it, and whether it is the one that is seen from here. */
export async function examineLedger(
  config: Config,
  diagnosis: Diagnosis | null,
): Promise<readonly Finding[]> {
  return withOpened(config, async (ledger) => {
    const here = await ledger.health();
    const { dialect, schemaVersion, operations, open } = diagnosis?.ledger ?? here;
    const message = `ledger ${dialect}, schema ${schemaVersion}, ${operations} operations, ${open} open`;
    const another = diagnosis !== null && here.dialect !== dialect;
    return [
      another
        ? {
            what: 'ledger',
            result: 'warn',
            message: `${message}; from here another one is seen (${here.dialect})`,
            hint: 'set DATABASE_URL as the workers have it',
          }
        : { what: 'ledger', result: 'ok', message },
    ];
  });
}

/** Open operations that nobody works on: they hold their locks until a person decides (D 4.6). */
export async function examineOpenOperations(
  config: Config,
  { temporal }: Pick<Sitewright, 'temporal'>,
): Promise<readonly Finding[]> {
  return withOpened(config, async (ledger) => {
    const runs = createRuns(temporal);
    const open = await ledger.findOperations({ open: true, limit: AT_MOST });
    const findings: Finding[] = [];
    for (const operation of open) {
      const { status, stuck } = await runs.describe(operation.workflowId);
      if (status === 'running' && !stuck) continue;
      findings.push(lost(operation, stuck ? 'its workflow task keeps failing' : `run ${status}`));
    }
    if (findings.length > 0) return findings;
    return [
      {
        what: 'operation',
        result: 'ok',
        message: `${open.length} open operations, all with a run`,
      },
    ];
  }).then((findings) => findings.filter(({ what }) => what === 'operation'));
}

function lost({ kind, site, operationId }: OperationRow, problem: string): Finding {
  return {
    what: 'operation',
    result: 'bad',
    message: `${kind} ${site} (operation ${operationId}) is open, but nobody works on it: ${problem}`,
    hint: `npx sitewright resolve ${site} --operation ${operationId} retry --reason "…" (or abandon)`,
  };
}

/** Runs the work on the ledger; one that cannot be read is a finding itself. */
export async function withOpened(
  config: Config,
  work: (ledger: Ledger) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  let ledger: Ledger;
  try {
    ledger = await openExisting(config);
  } catch (error) {
    const message = `the ledger cannot be read from here: ${error instanceof Error ? error.message : String(error)}`;
    return [{ what: 'ledger', result: 'warn', message }];
  }
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
