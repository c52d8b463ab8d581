import type { ExportArgs, ExportedRegistration } from '../../domain/maplepress.js';
import type { Json } from '../../ledger/types.js';
import type { CallOptions } from '../../maplepress/index.js';
import type { ActivityDeps } from '../deps.js';
import { usageOf } from './plan-deletion.js';
import { findById } from './registrations.js';

/**
 * Writes everything that MaplePress tells about a registration into the ledger: what is deleted
 * cannot be asked for any more. Of its key only the two ends are in it.
 */
export async function exportRegistration(
  deps: ActivityDeps,
  { account, operationId, id, domain }: ExportArgs,
  options: CallOptions,
): Promise<ExportedRegistration> {
  const site = await findById(deps, { account, id, domain }, options);
  if (site === null) return { found: false, details: {} };
  const data = JSON.parse(JSON.stringify(site)) as Json;
  await deps.ledger.record(operationId, {
    events: [{ key: `exported/${id}`, type: 'registration.exported', data }],
  });
  return {
    found: true,
    details: {
      usage: usageOf(site),
      registeredAt: site.createdAt.toISOString(),
      lastIndexedAt: site.lastIndexedAt?.toISOString() ?? 'never',
    },
  };
}
