import { type Account, getSite, type Site } from '../../frappe-cloud/index.js';
import { GatewayError } from '../problem.js';

/**
 * A site of this account: lists of others and of none look alike at Press, or are refused.
 *
 * @throws GatewayError 404 for a site that is not of this account
 * @throws PressError
 */
export async function ownSite(
  { name, press }: Account,
  site: string,
  signal: AbortSignal,
): Promise<Site> {
  const owned = await getSite(press, { site }, { signal });
  if (owned.found === 'own') return owned.site;
  const isDomain = owned.found === 'none' && owned.redirectsTo !== null;
  throw new GatewayError(
    404,
    'not_found',
    `account ${name} has no site ${site}`,
    isDomain
      ? 'it is a domain of a site: npx sitewright sites --search'
      : `an archived one is called ${site}.archived; those there are: npx sitewright sites`,
  );
}
