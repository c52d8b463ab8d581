import type { ConfigValue, ProvisionSiteInput } from '../domain/operations.js';
import { InvalidInput } from '../errors.js';
import { checkProvisionSiteInput, type InputProblem } from '../schemas/provision-site.js';

/** What `provision` and `plan` are given; the names are those of the options. */
export interface ProvisionOptions {
  readonly plan?: string;
  readonly apps?: string;
  readonly version?: string;
  readonly account?: string;
  readonly cluster?: string;
  readonly group?: string;
  readonly domain?: string;
  readonly config?: readonly string[];
  readonly customDomain?: readonly string[];
  readonly appPlan?: readonly string[];
  readonly handOver?: string;
  readonly reason?: string;
  readonly key?: string;
  readonly ifBusy?: 'queue' | 'refuse';
  readonly dryRun?: boolean;
}

/** What counts where an option was left out. */
export interface ProvisionDefaults {
  readonly account: string;
  /** Undefined: the worker asks Press for the account's. */
  readonly domain: string | undefined;
  readonly requestedBy: string;
}

/** Options that nothing can stand in for, with a value to show. */
const NEEDED = {
  plan: '--plan "USD 25"',
  apps: '--apps frappe,erpnext',
  version: '--version "Version 15"',
} as const;

/**
 * Makes the input of an operation from the command line. A full name (`acme.example.com`) may
 * stand for subdomain and domain.
 *
 * @throws InvalidInput with every problem there is
 */
export function provisionInputFrom(
  name: string,
  options: ProvisionOptions,
  defaults: ProvisionDefaults,
): ProvisionSiteInput {
  const problems: InputProblem[] = [];
  const [subdomain = '', ...rest] = name.split('.');
  const domain = options.domain ?? (rest.length > 0 ? rest.join('.') : defaults.domain);
  const config = pairs('config', options.config, problems);
  const appPlans = pairs('appPlans', options.appPlan, problems);
  const { customDomain = [] } = options;
  const input = {
    account: options.account ?? defaults.account,
    requestedBy: defaults.requestedBy,
    subdomain,
    plan: options.plan,
    version: options.version,
    apps: listed(options.apps),
    ...(domain !== undefined && { domain }),
    ...(options.cluster !== undefined && { cluster: options.cluster }),
    ...(options.group !== undefined && { group: options.group }),
    ...(options.handOver !== undefined && { handOver: listed(options.handOver) }),
    ...(options.reason !== undefined && { reason: options.reason }),
    ...(options.key !== undefined && { idempotencyKey: options.key }),
    ...(options.ifBusy !== undefined && { ifBusy: options.ifBusy }),
    ...(options.dryRun && { dryRun: true }),
    ...(config.length > 0 && {
      config: Object.fromEntries(config.map(([key, value]) => [key, configValue(value)])),
    }),
    ...(customDomain.length > 0 && { customDomains: customDomain }),
    ...(appPlans.length > 0 && { appPlans: Object.fromEntries(appPlans) }),
  };
  const checked = checkProvisionSiteInput(input);
  if (checked.ok && problems.length === 0) return checked.input;
  throw new InvalidInput([
    ...(checked.ok ? [] : checked.problems.map(explain(input))),
    ...problems,
  ]);
}

/** `zod` says of what was left out that it is no string; a person wants to know what to type. */
function explain(input: Readonly<Record<string, unknown>>) {
  return (problem: InputProblem): InputProblem => {
    const { path } = problem;
    if (!(path in NEEDED) || input[path] !== undefined) return problem;
    return { path, message: `missing; e.g. ${NEEDED[path as keyof typeof NEEDED]}` };
  };
}

/** Names with commas between them. */
function listed(text: string | undefined): readonly string[] | undefined {
  return text
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `k=v` pairs; a value may hold more of `=`. */
function pairs(
  path: string,
  given: readonly string[] = [],
  problems: InputProblem[],
): readonly (readonly [string, string])[] {
  return given.flatMap((text) => {
    const at = text.indexOf('=');
    if (at > 0) return [[text.slice(0, at).trim(), text.slice(at + 1)] as const];
    problems.push({ path, message: `"${text}": write it as name=value` });
    return [];
  });
}

/** JSON where it is a number, true, false, a quoted text or a sealed value; else the text itself. */
function configValue(text: string): ConfigValue {
  try {
    const value = JSON.parse(text) as unknown;
    if (['string', 'number', 'boolean'].includes(typeof value)) return value as ConfigValue;
    const { sealed } = value as { sealed?: unknown };
    return typeof sealed === 'string' ? { sealed } : text;
  } catch {
    return text;
  }
}

/** What {@link configValue} reads as this very value. */
function textOf(value: ConfigValue): string {
  return typeof value === 'string' && configValue(value) === value ? value : JSON.stringify(value);
}

/** The same input as a command line, e.g. to do what has been planned. */
export function commandLineOf(verb: string, input: ProvisionSiteInput): string {
  const options: readonly (readonly [string, string | undefined])[] = [
    ['plan', input.plan],
    ['apps', input.apps.join(',')],
    ['version', input.version],
    ['account', input.account],
    ['cluster', input.cluster],
    ['group', input.group],
    ['domain', input.domain],
    ...Object.entries(input.config ?? {}).map(
      ([key, value]) => ['config', `${key}=${textOf(value)}`] as const,
    ),
    ...(input.customDomains ?? []).map((domain) => ['custom-domain', domain] as const),
    ...Object.entries(input.appPlans ?? {}).map(
      ([app, plan]) => ['app-plan', `${app}=${plan}`] as const,
    ),
    ['hand-over', input.handOver?.join(',')],
    ['reason', input.reason],
    ['if-busy', input.ifBusy],
    ['by', input.requestedBy],
  ];
  const given = options.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoted(value)}`],
  );
  return ['npx sitewright', verb, input.subdomain, ...given].join(' ');
}

function quoted(text: string): string {
  if (/^[\w.,:/=-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
