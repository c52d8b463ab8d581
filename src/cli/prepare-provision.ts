import type { ProvisionSiteInput } from '../domain/operations.js';
import type { ByOptions } from './options.js';
import { namedPerson } from './person.js';
import { provisionInputFrom, type ProvisionOptions } from './provision-input.js';
import { findInstallation, type Installation } from './session.js';

/** The account of those who have only one. */
const DEFAULT_ACCOUNT = 'main';

/**
 * Everything that can be found wrong before anybody is asked.
 *
 * @throws InvalidInput, InvalidConfig
 */
export async function prepareProvision(
  subdomain: string,
  options: ProvisionOptions & ByOptions,
): Promise<{ readonly installation: Installation; readonly input: ProvisionSiteInput }> {
  const installation = await findInstallation();
  const { config, stack } = installation;
  const input = provisionInputFrom(subdomain, options, {
    account: stack?.account ?? DEFAULT_ACCOUNT,
    domain: stack?.domain,
    requestedBy: namedPerson(options.by, config.user),
  });
  return { installation, input };
}
