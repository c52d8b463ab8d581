import type { ProvisionSiteInput } from '../domain/inputs.js';
import { InvalidInput } from '../errors.js';
import type { InputProblem } from '../schemas/common.js';
import { checkInput } from '../schemas/operation-inputs.js';
import { configValue } from './config-value.js';
import { pairs } from './pairs.js';
import { NO_SECRETS, type Secrets, sealedLater } from './secrets.js';

/** What `provision` and `plan` are given; the names are those of the options. */
export interface ProvisionOptions {
  readonly plan?: string;
  readonly apps?: string;
  readonly version?: string;
  readonly account?: string;
  readonly cluster?: string;
  readonly group?: string;
  readonly server?: string;
  readonly domain?: string;
  readonly config?: readonly string[];
  readonly secretConfig?: readonly string[];
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
 * Makes the input of an operation from the command line; secrets are in it as what is to be
 * sealed before it is sent. A full name (`acme.example.com`) may stand for subdomain and domain.
 *
 * @throws InvalidInput with every problem there is
 */
export function provisionInputFrom(
  name: string,
  options: ProvisionOptions,
  defaults: ProvisionDefaults,
  secrets: Secrets = NO_SECRETS,
): ProvisionSiteInput {
  const problems: InputProblem[] = [];
  const given = givenBy(options, problems);
  const { subdomain, domain } = splitName(name);
  const config = { ...given.config, ...sealedLater(secrets) };
  const input = {
    ...{ account: defaults.account, requestedBy: defaults.requestedBy, subdomain },
    ...((domain ?? defaults.domain) !== undefined && { domain: domain ?? defaults.domain }),
    ...given,
    ...(Object.keys(config).length > 0 && { config }),
  };
  for (const key of Object.keys(given.config ?? {}).filter((key) => secrets.has(key))) {
    problems.push({ path: 'secretConfig', message: `"${key}" is given with --config, too` });
  }
  const checked = checkInput('provision', input);
  if (checked.ok && problems.length === 0) return checked.input;
  throw new InvalidInput([
    ...(checked.ok ? [] : checked.problems.map(explain(input))),
    ...problems,
  ]);
}

/** `acme.example.com` as subdomain and domain; the domain may be missing. */
export function splitName(name: string): {
  readonly subdomain: string;
  readonly domain: string | undefined;
} {
  const [subdomain = '', ...rest] = name.split('.');
  return { subdomain, domain: rest.length > 0 ? rest.join('.') : undefined };
}

/** What the options say of any site: a member for each option that was given. */
export function givenBy(options: ProvisionOptions, problems: InputProblem[]) {
  const config = pairs('config', options.config, problems);
  const appPlans = pairs('appPlans', options.appPlan, problems);
  const { customDomain = [] } = options;
  return {
    ...(options.account !== undefined && { account: options.account }),
    ...(options.plan !== undefined && { plan: options.plan }),
    ...(options.version !== undefined && { version: options.version }),
    ...(options.apps !== undefined && { apps: listed(options.apps) }),
    ...(options.domain !== undefined && { domain: options.domain }),
    ...(options.cluster !== undefined && { cluster: options.cluster }),
    ...(options.group !== undefined && { group: options.group }),
    ...(options.server !== undefined && { server: options.server }),
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
function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
