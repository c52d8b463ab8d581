import { z } from 'zod';
import { isSecretName } from '../redact.js';
import type { CallOptions, Transport } from '../transport.js';
import { runDocMethod } from './generic.js';
import { ask, checkShape, tell } from './wire.js';

/** Press's own mask; sent back with type Password it keeps the stored value (C 5.2). */
export const CONFIG_MASK = '*******';

export const CONFIG_TYPES = ['String', 'Password', 'Number', 'Boolean', 'JSON'] as const;
export type ConfigType = (typeof CONFIG_TYPES)[number];

const ConfigRowSchema = z
  .object({
    key: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
    type: z.enum(CONFIG_TYPES),
  })
  // Press masks Passwords only; `encryption_key` can come in clear (observed-2 5).
  .transform(({ key, value, type }) => {
    const secret = type === 'Password' || isSecretName(key);
    return { key, type, value: secret ? CONFIG_MASK : String(value ?? '') };
  });
export type ConfigRow = z.infer<typeof ConfigRowSchema>;

/**
 * The visible configuration of an own site as stored texts; secrets are masked. Read (C 5.1).
 * Says what Press wants, not what the site has: a failed job leaves them different (C 5.2).
 *
 * @throws PressError
 */
export function siteConfig(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<ConfigRow[]> {
  const params = { name: args.site };
  return ask(press, 'press.api.site.site_config', params, z.array(ConfigRowSchema), options);
}

export type ConfigValue = string | number | boolean | Readonly<Record<string, unknown>>;

/**
 * Sets some keys and leaves the others. Mutating (C 5.2). Answers nothing; the tracker is the
 * newest `Update Site Configuration` job. Allowed on Active and Broken sites; blacklisted keys are
 * refused; empty values are skipped, so a key cannot be cleared this way.
 *
 * Repeated: same values, another job, no harm. Wait for the job of the change before: with job
 * deduplication a second payload in quick succession is never sent (A 4.3).
 *
 * @throws PressError
 */
export async function mergeConfig(
  press: Transport,
  args: { readonly site: string; readonly config: Readonly<Record<string, ConfigValue>> },
  options?: CallOptions,
): Promise<void> {
  const call = { dt: 'Site', dn: args.site, method: 'update_config' };
  await runDocMethod(press, { ...call, args: { config: args.config } }, options);
}

/**
 * Takes one key out of the configuration of a site; answers the job, null for a blacklisted key,
 * which is left alone. Mutating (C 5.3). Allowed on Active and Broken sites. The rest of the answer
 * is dropped: it holds the whole configuration in clear.
 *
 * Repeated: another job, harmless, also for a key that is gone. Wait for the job of the change
 * before, as with {@link mergeConfig}.
 *
 * @throws PressError
 */
export async function deleteConfig(
  press: Transport,
  { site, key }: { readonly site: string; readonly key: string },
  options?: CallOptions,
): Promise<string | null> {
  const call = { dt: 'Site', dn: site, method: 'delete_config', args: { key } };
  const { message } = await runDocMethod(press, call, options);
  const job = z.object({ name: z.string() }).nullish();
  return checkShape(job, message, 'Site.delete_config')?.name ?? null;
}

export interface ConfigEntry {
  readonly key: string;
  readonly value: ConfigValue;
  readonly type: ConfigType;
}

/**
 * REPLACES all visible keys: what is not sent is deleted. Mutating (C 5.2). Blacklisted keys are
 * skipped silently; a non-numeric Number becomes 0 silently (observed 4). The answer is dropped:
 * it holds passwords in clear. Repeated: as {@link mergeConfig}.
 *
 * @throws PressError
 * @throws RangeError for a masked value under another type than Password: it would be stored
 */
export async function updateConfig(
  press: Transport,
  args: { readonly site: string; readonly config: readonly ConfigEntry[] },
  options?: CallOptions,
): Promise<void> {
  const masked = args.config.find((row) => row.value === CONFIG_MASK && row.type !== 'Password');
  if (masked) throw new RangeError(`the value of "${masked.key}" is a mask, not a value`);
  const params = { name: args.site, config: args.config };
  await tell(press, 'press.api.site.update_config', params, options);
}

const StandardKeySchema = z.object({
  key: z.string(),
  type: z.enum(CONFIG_TYPES),
  title: z.string().nullish(),
  description: z.string().nullish(),
});
export type StandardKey = z.infer<typeof StandardKeySchema>;

/** Keys whose type Press knows. Read (C 5.4); may be empty. @throws PressError */
export function standardKeys(press: Transport, options?: CallOptions): Promise<StandardKey[]> {
  const method = 'press.api.site.get_site_config_standard_keys';
  return ask(press, method, {}, z.array(StandardKeySchema), options);
}
