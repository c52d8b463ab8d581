import { Unreachable } from '../../errors.js';
import { withSession, type Installation } from '../session.js';
import type { Finding } from './finding.js';
import { examineGateway } from './gateway.js';
import { examineLedger, examineOpenOperations } from './ledger.js';
import { examineSecrets } from './secrets.js';
import { examineTemporal } from './temporal.js';
import { examineWorkers } from './workers.js';

/** Looks at everything operations need; never throws because of what it finds. */
export async function examine(installation: Installation): Promise<readonly Finding[]> {
  try {
    return await withSession(async ({ client }) => {
      const temporal = await examineTemporal(client, installation);
      const { findings, diagnosis } = await examineWorkers(client);
      return [
        ...temporal,
        ...findings,
        ...(await examineLedger(installation.config, diagnosis)),
        ...(await examineOpenOperations(installation.config, client)),
        ...(await examineSecrets(installation.config)),
        ...(await examineGateway(installation.config)),
      ];
    }, installation);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const hint = error instanceof Unreachable ? error.hint : undefined;
    const said = hint === undefined ? message : message.replace(hint, '').trim();
    return [
      { what: 'temporal', result: 'bad', message: said, ...(hint !== undefined && { hint }) },
      ...(await examineLedger(installation.config, null)),
      ...(await examineGateway(installation.config)),
    ];
  }
}
