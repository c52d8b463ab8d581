import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Env, namedSettings, type NamedSettings } from './config-named.js';
import type { TenantConfig } from './maplepress/index.js';
import { originOf } from './maplepress/origin.js';

const TenantSchema = z.strictObject({
  url: z.string().min(1).optional(),
  email: z.string().min(1).optional(),
  password: z.string().optional(),
  passwordFile: z.string().optional(),
  requestsPerSecond: z.coerce.number().positive().optional(),
  readTimeoutMs: z.coerce.number().positive().optional(),
  commandTimeoutMs: z.coerce.number().positive().optional(),
});

const VARIABLE =
  /^MAPLEPRESS_([A-Z0-9_]+?)_(URL|EMAIL|PASSWORD|PASSWORD_FILE|REQUESTS_PER_SECOND|READ_TIMEOUT_MS|COMMAND_TIMEOUT_MS)$/;

/**
 * The MaplePress tenants: `MAPLEPRESS_<NAME>_{URL,EMAIL,PASSWORD,PASSWORD_FILE,…}`, or `tenants` in
 * the config file; the environment wins. There is no default url: its description names none.
 *
 * @param at makes a path of the configuration absolute
 * @param problems is added to
 */
export function readTenants(
  env: Env,
  fromFile: NamedSettings,
  at: (file: string) => string,
  problems: string[],
): readonly TenantConfig[] {
  const raw = namedSettings(env, fromFile, VARIABLE);
  return [...raw].flatMap(([name, settings]) => {
    const tell = (problem: string) => void problems.push(`MaplePress tenant ${name}: ${problem}`);
    const parsed = TenantSchema.safeParse(settings);
    if (parsed.success) return toTenant(name, parsed.data, at, tell);
    for (const issue of parsed.error.issues) tell(`${issue.path.join('.')}: ${issue.message}`);
    return [];
  });
}

function toTenant(
  name: string,
  given: z.infer<typeof TenantSchema>,
  at: (file: string) => string,
  tell: (problem: string) => void,
): TenantConfig[] {
  const { url, email, requestsPerSecond, readTimeoutMs, commandTimeoutMs } = given;
  const password = passwordOf(given, at, tell);
  if (!email) tell('email is missing (half a login is no login)');
  const isUrl = isOrigin(url, tell);
  if (!url || !isUrl || !email || password === null) return [];
  return [
    {
      name,
      url,
      email,
      password,
      ...(requestsPerSecond !== undefined && { requestsPerSecond }),
      timeouts: {
        ...(readTimeoutMs !== undefined && { readMs: readTimeoutMs }),
        ...(commandTimeoutMs !== undefined && { commandMs: commandTimeoutMs }),
      },
    },
  ];
}

function passwordOf(
  { password, passwordFile }: z.infer<typeof TenantSchema>,
  at: (file: string) => string,
  tell: (problem: string) => void,
): string | null {
  if (password) return password;
  if (!passwordFile) {
    tell('password is missing (half a login is no login)');
    return null;
  }
  try {
    const text = readFileSync(at(passwordFile), 'utf8').trim();
    if (text !== '') return text;
    tell(`password file ${passwordFile} is empty`);
  } catch {
    tell(`password file ${passwordFile} cannot be read`);
  }
  return null;
}

function isOrigin(url: string | undefined, tell: (problem: string) => void): boolean {
  if (!url) {
    tell('url is missing');
    return false;
  }
  try {
    originOf(url);
    return true;
  } catch (error) {
    tell(`url: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
