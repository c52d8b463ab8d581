/** Variables of the environment by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Settings of things that have names, as the config file has them: accounts, tenants. */
export type NamedSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Settings by name, from the config file and from variables such as `FRAPPE_CLOUD_MAIN_READ_TIMEOUT_MS`
 * (`main`: `readTimeoutMs`); the environment wins.
 *
 * @param variable matches the name and the setting
 */
export function namedSettings(
  env: Env,
  fromFile: NamedSettings,
  variable: RegExp,
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const settings = new Map<string, Record<string, unknown>>();
  for (const [name, given] of Object.entries(fromFile)) settings.set(name, { ...given });
  for (const [key, value] of Object.entries(env)) {
    const match = variable.exec(key);
    if (!match || value === undefined || value === '') continue;
    const name = (match[1] ?? '').toLowerCase();
    const setting = (match[2] ?? '')
      .toLowerCase()
      .replace(/_(.)/g, (_, c: string) => c.toUpperCase());
    settings.set(name, { ...settings.get(name), [setting]: value });
  }
  return settings;
}
