import { crash, missingLink, PressError, refuse } from '../http/errors.js';
import { text } from '../json.js';
import type { DomainRow, SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';
import { onProxy, onServer, saveSite } from './actions.js';
import { recordActivity } from './activity.js';
import { pushConfig } from './config.js';
import { checkDns, normaliseDomain } from './dns.js';
import { checkSiteAction } from './guards.js';

const MOST_RETRIES = 5;

export function domainsOf(world: World, site: SiteRow): DomainRow[] {
  return Object.values(world.state.domains).filter((row) => row.site === site.name);
}

/** `Site.add_domain`: where the DNS does not match, 200 and nothing happens (C 5.8). */
export function addDomain(world: World, site: SiteRow, user: string, wanted: string): void {
  checkSiteAction(site, 'add_domain', ['Active']);
  const domain = normaliseDomain(wanted);
  const dns = checkDns(world, site, domain);
  if (!dns.valid) return;
  if (domain in world.state.domains) {
    throw refuse(
      `The domain <strong>${domain}</strong> is unavailable. Please use a different domain.`,
    );
  }
  recordActivity(world, site, user, 'Add Domain');
  world.state.domains[domain] = {
    ...world.newRow(user, domain),
    domain,
    site: site.name,
    status: 'Pending',
    dnsType: 'A',
    retryCount: 0,
    redirectToPrimary: false,
  };
  requestCertificate(world, domain);
  world.effect('domain.add', site.name, domain);
}

/** The name is not normalised here, and an Active domain is an IndexError (C 5.9). */
export function retryAddDomain(world: World, site: SiteRow, user: string, domain: string): void {
  if (!checkDns(world, site, normaliseDomain(domain)).valid) return;
  const row = world.state.domains[domain];
  const mayRetry = row?.site === site.name && row.status !== 'Active';
  if (!mayRetry || row.retryCount > MOST_RETRIES)
    throw crash('IndexError', 'list index out of range');
  row.status = 'Pending';
  row.retryCount += 1;
  world.touch(row, user);
  requestCertificate(world, domain);
  world.effect('domain.retry', site.name, domain);
}

export function removeDomain(world: World, site: SiteRow, user: string, domain: string): void {
  checkSiteAction(site, 'remove_domain', ['Active']);
  if (domain === site.name) throw refuse('Cannot delete default site_domain');
  const row = world.state.domains[domain];
  if (row?.site !== site.name) throw crash('IndexError', 'list index out of range');
  if (site.hostName === domain) {
    throw new PressError('LinkExistsError', 'Primary domain cannot be deleted');
  }
  Reflect.deleteProperty(world.state.domains, domain);
  onProxy(world, site, user, 'Remove Host from Proxy', { domain });
  if (row.status === 'Active') onServer(world, site, user, 'Remove Domain', { domain });
  world.effect('domain.remove', site.name, domain);
}

function ownDomain(world: World, site: SiteRow, domain: string): DomainRow {
  const row = world.state.domains[domain];
  if (row?.site === site.name) return row;
  throw missingLink(
    `Site Domain ${domain} for site ${site.name} does not exist. Please verify your domain.`,
  );
}

/**
 * `Site.set_redirect` and `unset_redirect`: the proxy hears of a change only, so that a job that has
 * failed is not repeated (C 5.12). Not even the primary domain is refused (observed-2 6.11).
 */
export const turnRedirect =
  (on: boolean) =>
  (world: World, site: SiteRow, user: string, domain: string): void => {
    const row = ownDomain(world, site, domain);
    if (row.redirectToPrimary === on) return;
    row.redirectToPrimary = on;
    world.touch(row, user);
    onProxy(world, site, user, on ? 'Setup Redirects on Hosts' : 'Remove Redirects on Hosts');
    world.effect(on ? 'domain.redirect' : 'domain.unredirect', site.name, domain);
  };

/** `Site.set_host_name`: only an Active site learns of it (C 5.11). */
export function setHostName(world: World, site: SiteRow, user: string, domain: string): void {
  const row = ownDomain(world, site, domain);
  if (row.status !== 'Active') throw missingLink('Only active domains can be primary.');
  const isChange = site.hostName !== domain;
  site.hostName = domain;
  row.redirectToPrimary = false;
  saveSite(world, site, user);
  if (isChange && site.status === 'Active') {
    pushConfig(world, site, user);
    onProxy(world, site, user, 'Setup Redirects on Hosts');
  }
  world.effect('domain.primary', site.name, domain);
}

function requestCertificate(world: World, domain: string): void {
  world.schedule(
    world.now() + world.spread(world.timings.certificate),
    'domain.certificate',
    domain,
  );
}

/** Registers what happens when a certificate is there, or cannot be had. */
export function installDomains(world: World): void {
  world.onTask('domain.certificate', (ref) => {
    const row = world.state.domains[text(ref)];
    const site = world.state.sites[row?.site ?? ''];
    if (row === undefined || site === undefined) return;
    if (world.state.dns[row.domain]?.certificate === false) {
      row.status = 'Broken';
      world.touch(row);
      return;
    }
    onProxy(world, site, 'Administrator', 'Add Host to Proxy', { domain: row.domain });
  });
}
