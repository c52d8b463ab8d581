import type { ProvisionSiteInput } from '../domain/inputs.js';
import { textOf } from './config-value.js';

/**
 * The same input as a command line, e.g. to do what has been planned. Secrets are named without
 * their values, so that they are asked for.
 */
export function commandLineOf(
  verb: string,
  input: ProvisionSiteInput,
  secrets: Pick<ReadonlyMap<string, string>, 'has' | 'keys'> = new Map<string, string>(),
): string {
  const options: readonly (readonly [string, string | undefined])[] = [
    ['plan', input.plan],
    ['apps', input.apps.join(',')],
    ['version', input.version],
    ['account', input.account],
    ['cluster', input.cluster],
    ['group', input.group],
    ['server', input.server],
    ['domain', input.domain],
    ...Object.entries(input.config ?? {})
      .filter(([key]) => !secrets.has(key))
      .map(([key, value]) => ['config', `${key}=${textOf(value)}`] as const),
    ...[...secrets.keys()].map((key) => ['secret-config', key] as const),
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
