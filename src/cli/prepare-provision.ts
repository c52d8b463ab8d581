import type { ProvisionSiteInput } from '../domain/inputs.js';
import type { ByOptions } from './options.js';
import { namedPerson } from './person.js';
import {
  type ProvisionDefaults,
  provisionInputFrom,
  type ProvisionOptions,
} from './provision-input.js';
import { readSecrets, type Secrets } from './secrets.js';
import { findInstallation, type Installation } from './session.js';

/** The account of those who have only one. */
const DEFAULT_ACCOUNT = 'main';

/** An input that is checked, but not ready to be sent before its secrets are sealed. */
export interface Prepared {
  readonly installation: Installation;
  readonly input: ProvisionSiteInput;
  readonly secrets: Secrets;
}

/**
 * Everything that can be found wrong before anybody is asked.
 *
 * @throws InvalidInput, InvalidConfig
 */
export async function prepareProvision(
  subdomain: string,
  options: ProvisionOptions & ByOptions,
): Promise<Prepared> {
  const installation = await findInstallation();
  const defaults = defaultsAt(installation, namedPerson(options.by, installation.config.user));
  const secrets = await readSecrets(options.secretConfig);
  const input = provisionInputFrom(subdomain, options, defaults, secrets);
  return { installation, input, secrets };
}

/** What counts at an installation where nothing else is said. */
export function defaultsAt({ stack }: Installation, requestedBy: string): ProvisionDefaults {
  return { account: stack?.account ?? DEFAULT_ACCOUNT, domain: stack?.domain, requestedBy };
}
