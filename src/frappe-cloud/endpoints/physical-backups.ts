import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { getDocument } from './generic.js';
import { flag } from './wire.js';

const SwitchSchema = z.object({ allow_physical_backup_by_user: flag.nullish() });

/**
 * Whether physical backups are switched on for an own site; null when Press does not say. Read. The
 * switch of the whole system is shown by nothing, and is off by default (B 1.2, observed-2 6.13).
 *
 * @throws PressError
 */
export async function physicalBackupsAllowed(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<boolean | null> {
  const site = await getDocument(press, 'Site', args.site, SwitchSchema, options);
  return site.allow_physical_backup_by_user ?? null;
}
