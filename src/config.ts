import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { AccountConfig } from './frappe-cloud/index.js';
import { type Env, namedSettings, type NamedSettings } from './config-named.js';
import { readTenants } from './config-tenants.js';
import type { TenantConfig } from './maplepress/index.js';
import type { KeySource } from './security/key-ring.js';
import type { VaultSettings } from './vault/index.js';
import { fasterTiming, PRODUCTION_TIMING, type TimingProfile } from './domain/timing.js';

export interface Config {
  /** Where the embedded stack keeps its files. */
  readonly dataDir: string;
  readonly accounts: readonly AccountConfig[];
  /** Of MaplePress. */
  readonly tenants: readonly TenantConfig[];
  /** `file:…` or `postgres://…`. */
  readonly ledgerUrl: string;
  /** Where safety copies are kept. */
  readonly vault: VaultSettings;
  readonly policyFile: string;
  readonly timing: TimingProfile;
  /** Key ring of the payload codec: its text, or the file it is in. */
  readonly payloadKeys: KeySource;
  readonly sealingKeyFile: string;
  /** Public key that secrets shown once are sealed to when a request names no receiver. */
  readonly receiverKeyFile: string | undefined;
  readonly gateway: GatewaySettings;
  readonly logLevel: string;
  /** Shut down when standard input closes: for a worker that a stack has started. */
  readonly stopWithStdin: boolean;
  /** Who acts at the command line unless `--by` says so; undefined: the user of the machine. */
  readonly user: string | undefined;
  /** Whether the environment names a Temporal server, which then goes before a local stack. */
  readonly temporalInEnvironment: boolean;
}

/** The HTTP gateway: where it listens, and where the command line finds it. */
export interface GatewaySettings {
  /** Default: the loopback interface. */
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Bearer token: its text, or the file it is in. */
  readonly token: KeySource;
  /** Origin of a gateway that is not the one of the local stack. */
  readonly url: string | undefined;
}

/** Everything wrong with the configuration, at once. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the configuration has ${problems.length} problems:\n  ${problems.join('\n  ')}`);
    this.problems = problems;
  }
}

const AccountSchema = z.strictObject({
  url: z.url().default('https://frappecloud.com'),
  team: z.string().min(1).optional(),
  key: z.string().optional(),
  keyFile: z.string().optional(),
  secret: z.string().optional(),
  secretFile: z.string().optional(),
  timeZoneOffsetMinutes: z.coerce.number().int().optional(),
  requestsPerSecond: z.coerce.number().positive().optional(),
  readTimeoutMs: z.coerce.number().positive().optional(),
  commandTimeoutMs: z.coerce.number().positive().optional(),
  siteProbe: z.string().optional(),
});

const FileSchema = z.strictObject({
  dataDir: z.string().optional(),
  ledger: z.string().optional(),
  vault: z.string().optional(),
  policy: z.string().optional(),
  timing: z.string().optional(),
  payloadKeysFile: z.string().optional(),
  sealingKeyFile: z.string().optional(),
  receiverKeyFile: z.string().optional(),
  accounts: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  tenants: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** Policy files that come with the package. */
export const PACKAGED_POLICY = {
  strict: packaged('policy.default.yaml'),
  embedded: packaged('policy.embedded.yaml'),
} as const;

/**
 * Reads the configuration: the only reader of the environment and of the config file
 * (`SITEWRIGHT_CONFIG`, default `sitewright.config.yaml`); the environment wins.
 *
 * Accounts: `FRAPPE_CLOUD_<NAME>_{URL,TEAM,KEY,SECRET,KEY_FILE,SECRET_FILE,SITE_PROBE,…}`.
 * Tenants: `MAPLEPRESS_<NAME>_{URL,EMAIL,PASSWORD,PASSWORD_FILE,…}`.
 * Connections to Temporal are read by Temporal's own environment configuration.
 *
 * @throws InvalidConfig with every problem found
 */
export function loadConfig(env: Env = process.env, cwd: string = process.cwd()): Config {
  const problems: string[] = [];
  const file = readConfigFile(env, cwd, problems);
  const at = (given: string) => path.resolve(cwd, given);

  const dataDir = at(env['SITEWRIGHT_DATA_DIR'] ?? file.dataDir ?? '.sitewright');
  const localPolicy = at('sitewright.policy.yaml');
  const policy = env['SITEWRIGHT_POLICY'] ?? file.policy;
  const keys = env['SITEWRIGHT_PAYLOAD_KEYS'];
  const keysFile = env['SITEWRIGHT_PAYLOAD_KEYS_FILE'] ?? file.payloadKeysFile;
  const sealing = env['SITEWRIGHT_SEALING_KEY_FILE'] ?? file.sealingKeyFile;
  const receiver = env['SITEWRIGHT_RECEIVER_KEY_FILE'] || file.receiverKeyFile;
  const config: Config = {
    dataDir,
    accounts: readAccounts(env, file.accounts, at, problems),
    tenants: readTenants(env, file.tenants, at, problems),
    ledgerUrl: env['DATABASE_URL'] ?? file.ledger ?? `file:${path.join(dataDir, 'ledger.db')}`,
    policyFile: policy
      ? at(policy)
      : existsSync(localPolicy)
        ? localPolicy
        : PACKAGED_POLICY.strict,
    vault: readVault(env, env['SITEWRIGHT_VAULT'] ?? file.vault, at, dataDir, problems),
    timing: readTiming(env['SITEWRIGHT_TIMING'] ?? file.timing, problems),
    payloadKeys: keys
      ? { text: keys }
      : { file: at(keysFile ?? path.join(dataDir, 'keys', 'payload.json')) },
    sealingKeyFile: at(sealing ?? path.join(dataDir, 'keys', 'worker-sealing.json')),
    receiverKeyFile: receiver ? at(receiver) : undefined,
    gateway: readGateway(env, at, dataDir, problems),
    logLevel: env['SITEWRIGHT_LOG_LEVEL'] ?? 'info',
    stopWithStdin: env['SITEWRIGHT_STOP_WITH_STDIN'] === '1',
    user: env['SITEWRIGHT_USER'] || undefined,
    temporalInEnvironment: Object.keys(env).some((name) => name.startsWith('TEMPORAL_')),
  };
  if (problems.length > 0) throw new InvalidConfig(problems);
  return config;
}

function packaged(name: string): string {
  // Two levels up from src/ as from dist/src/ lies the package, give or take dist.
  const here = path.dirname(fileURLToPath(import.meta.url));
  const roots = [path.join(here, '..'), path.join(here, '..', '..')];
  const files = roots.map((root) => path.join(root, 'config', name));
  return files.find((file) => existsSync(file)) ?? files[0] ?? name;
}

function readConfigFile(env: Env, cwd: string, problems: string[]): z.infer<typeof FileSchema> {
  const named = env['SITEWRIGHT_CONFIG'];
  const file = path.resolve(cwd, named ?? 'sitewright.config.yaml');
  if (!existsSync(file)) {
    if (named) problems.push(`SITEWRIGHT_CONFIG: ${named} does not exist`);
    return { accounts: {}, tenants: {} };
  }
  const parsed = FileSchema.safeParse(parse(readFileSync(file, 'utf8')) ?? {});
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    problems.push(`${path.basename(file)}: ${issue.path.join('.')}: ${issue.message}`);
  }
  return { accounts: {}, tenants: {} };
}

const ACCOUNT_VARIABLE =
  /^FRAPPE_CLOUD_([A-Z0-9_]+?)_(URL|TEAM|KEY|SECRET|KEY_FILE|SECRET_FILE|TIME_ZONE_OFFSET_MINUTES|REQUESTS_PER_SECOND|READ_TIMEOUT_MS|COMMAND_TIMEOUT_MS|SITE_PROBE)$/;

function readAccounts(
  env: Env,
  fromFile: NamedSettings,
  at: (file: string) => string,
  problems: string[],
): readonly AccountConfig[] {
  const raw = namedSettings(env, fromFile, ACCOUNT_VARIABLE);
  return [...raw].flatMap(([name, settings]) => {
    const parsed = AccountSchema.safeParse(settings);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) {
        problems.push(`account ${name}: ${issue.path.join('.')}: ${issue.message}`);
      }
      return [];
    }
    return toAccount(name, parsed.data, at, problems);
  });
}

function toAccount(
  name: string,
  given: z.infer<typeof AccountSchema>,
  at: (file: string) => string,
  problems: string[],
): AccountConfig[] {
  const secretOf = (value: string | undefined, file: string | undefined, what: string) => {
    if (value) return value;
    if (!file) {
      problems.push(`account ${name}: ${what} is missing (half a key pair is no key pair)`);
      return null;
    }
    try {
      return readFileSync(at(file), 'utf8').trim();
    } catch {
      problems.push(`account ${name}: ${what} file ${file} cannot be read`);
      return null;
    }
  };
  const apiKey = secretOf(given.key, given.keyFile, 'key');
  const apiSecret = secretOf(given.secret, given.secretFile, 'secret');
  if (!given.team)
    problems.push(`account ${name}: team is missing (the Team's name, not its title)`);
  if (!apiKey || !apiSecret || !given.team) return [];
  const { url, team, timeZoneOffsetMinutes, requestsPerSecond, readTimeoutMs, commandTimeoutMs } =
    given;
  return [
    {
      name,
      url,
      team,
      apiKey,
      apiSecret,
      ...(timeZoneOffsetMinutes !== undefined && { timeZoneOffsetMinutes }),
      ...(requestsPerSecond !== undefined && { requestsPerSecond }),
      timeouts: {
        ...(readTimeoutMs !== undefined && { readMs: readTimeoutMs }),
        ...(commandTimeoutMs !== undefined && { commandMs: commandTimeoutMs }),
      },
      ...(given.siteProbe !== undefined && {
        siteProbe: given.siteProbe === 'off' ? null : given.siteProbe,
      }),
    },
  ];
}

/** A directory, or `s3://bucket/prefix`; default: `<dataDir>/vault`. */
function readVault(
  env: Env,
  given: string | undefined,
  at: (file: string) => string,
  dataDir: string,
  problems: string[],
): VaultSettings {
  const bucket = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(given ?? '');
  if (bucket === null) {
    if (given?.includes('://')) {
      problems.push(`SITEWRIGHT_VAULT: "${given}" is neither a directory nor s3://bucket/prefix`);
    }
    return { type: 'directory', path: given ? at(given) : path.join(dataDir, 'vault') };
  }
  const accessKeyId = env['SITEWRIGHT_VAULT_S3_ACCESS_KEY_ID'];
  const secretAccessKey = env['SITEWRIGHT_VAULT_S3_SECRET_ACCESS_KEY'];
  if (!accessKeyId !== !secretAccessKey) {
    problems.push('SITEWRIGHT_VAULT_S3_…: half a key pair is no key pair');
  }
  const endpoint = env['SITEWRIGHT_VAULT_S3_ENDPOINT'];
  return {
    type: 's3',
    bucket: bucket[1] ?? '',
    ...(bucket[2] && { prefix: bucket[2] }),
    ...(endpoint && { endpoint }),
    region: env['SITEWRIGHT_VAULT_S3_REGION'] ?? 'us-east-1',
    ...(accessKeyId && secretAccessKey && { accessKeyId, secretAccessKey }),
  };
}

/** `production` (default), or `60x`: that many times as fast, for simulators. */
function readTiming(given: string | undefined, problems: string[]): TimingProfile {
  if (given === undefined || given === 'production') return PRODUCTION_TIMING;
  const factor = Number(/^(\d+(?:\.\d+)?)x$/.exec(given)?.[1]);
  if (factor >= 1) return fasterTiming(PRODUCTION_TIMING, factor);
  problems.push(`SITEWRIGHT_TIMING: "${given}" is neither "production" nor a factor such as "60x"`);
  return PRODUCTION_TIMING;
}

/** Shorter ones can be guessed. */
const SHORTEST_TOKEN = 16;

function readGateway(
  env: Env,
  at: (file: string) => string,
  dataDir: string,
  problems: string[],
): GatewaySettings {
  const port = Number(env['SITEWRIGHT_GATEWAY_PORT'] || 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push('SITEWRIGHT_GATEWAY_PORT: not a port');
  }
  const url = env['SITEWRIGHT_GATEWAY_URL'] || undefined;
  if (url !== undefined && !/^https?:\/\/[^/?#@]+\/?$/.test(url)) {
    problems.push('SITEWRIGHT_GATEWAY_URL: not an origin such as https://gateway.example.com');
  }
  const text = env['SITEWRIGHT_GATEWAY_TOKEN'] || undefined;
  if (text !== undefined && !(text.length >= SHORTEST_TOKEN && /^[\w.~+/=-]+$/.test(text))) {
    problems.push(
      `SITEWRIGHT_GATEWAY_TOKEN: at least ${SHORTEST_TOKEN} letters, digits and ._~+/=-`,
    );
  }
  const file = env['SITEWRIGHT_GATEWAY_TOKEN_FILE'] || undefined;
  return {
    host: env['SITEWRIGHT_GATEWAY_HOST'] || '127.0.0.1',
    port,
    token:
      text === undefined
        ? { file: at(file ?? path.join(dataDir, 'keys', 'gateway.token')) }
        : { text },
    url,
  };
}
