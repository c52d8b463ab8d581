import { z } from 'zod';
import type { CallOptions, Transport } from '../transport.js';
import { ask, flag } from './wire.js';

const VersionSchema = z.object({
  name: z.string(),
  number: z.number(),
  status: z.string(),
  default: flag,
  /** Missing when the version has no public group with a bench. */
  group: z
    .object({
      name: z.string(),
      title: z.string(),
      apps: z.array(z.object({ app: z.string() })),
      clusters: z.array(z.object({ name: z.string() })),
    })
    .optional(),
});
export type VersionOption = z.infer<typeof VersionSchema>;

/**
 * Versions with their public group, its apps by name and its clusters. Read (A 3.1). The older
 * twin of `options_for_new`, but the only one that names the apps of a public bench, frappe
 * included, and it asks no third party.
 *
 * @throws PressError
 */
export async function newSiteOptions(
  press: Transport,
  options?: CallOptions,
): Promise<readonly VersionOption[]> {
  const answer = z.object({ versions: z.array(VersionSchema) });
  const method = 'press.api.site.get_new_site_options';
  return (await ask(press, method, {}, answer, options)).versions;
}
