import { z } from 'zod';
import { PressError, PressErrorCode } from '../errors.js';
import { plainLine } from '../../http/text.js';
import type { CallOptions, Transport } from '../transport.js';
import { ask, flag, tell } from './wire.js';

export interface SiteDomainArgs {
  readonly site: string;
  readonly domain: string;
}

const DnsSchema = z.object({ matched: z.boolean(), answer: z.string().nullish() });

export type DnsCheck =
  { readonly ready: true } | { readonly ready: false; readonly reason: string };

/**
 * Whether `addDomain` would do anything now. Read, but slow: live DNS and one HTTP call (C 5.5).
 * Press refuses in most "not yet" cases instead of answering; those are `ready: false` too, to be
 * polled within a deadline. The top-level `matched` decides, not `valid`: with a correct CNAME and
 * no A answer `valid` is true and adding does nothing.
 *
 * @throws PressError; `REFUSED` for a reserved domain
 */
export async function checkDns(
  press: Transport,
  { site, domain }: SiteDomainArgs,
  options?: CallOptions,
): Promise<DnsCheck> {
  try {
    const params = { name: site, domain };
    const dns = await ask(press, 'press.api.site.check_dns', params, DnsSchema, options);
    if (dns.matched) return { ready: true };
    return {
      ready: false,
      reason: plainLine(dns.answer ?? '') || 'the domain does not point here',
    };
  } catch (error) {
    if (!(error instanceof PressError) || error.code !== PressErrorCode.DNS) throw error;
    return { ready: false, reason: error.message };
  }
}

/**
 * Adds a custom domain and requests its certificate; site must be Active. Mutating (C 5.8).
 * A 200 PROMISES NOTHING: when DNS does not match, nothing is created; read {@link listDomains}.
 * Repeated: 417 "is unavailable"; {@link domainExists} tells whether the first one landed.
 *
 * @throws PressError
 */
export async function addDomain(
  press: Transport,
  { site, domain }: SiteDomainArgs,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.add_domain', { name: site, domain }, options);
}

/**
 * Requests the certificate of a Broken domain again; at most 5 times (C 5.9). Mutating. Not for
 * Active domains: 500 IndexError. An unknown domain is a 200 without effect (observed-2 6.11).
 * Repeated: another request, the count rises.
 *
 * @param args.domain exactly as listed; this call does not normalise it
 * @throws PressError
 */
export async function retryAddDomain(
  press: Transport,
  { site, domain }: SiteDomainArgs,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.retry_add_domain', { name: site, domain }, options);
}

const SiteDomainSchema = z.object({
  domain: z.string(),
  status: z.enum(['Pending', 'In Progress', 'Active', 'Broken']),
  retry_count: z.number(),
  redirect_to_primary: flag,
  /** Only the primary's row has the key (C 5.7). */
  primary: z.boolean().default(false),
});
export type SiteDomain = z.infer<typeof SiteDomainSchema>;

/** Domains of an own site, its default one included. Read (C 5.7). @throws PressError */
export function listDomains(
  press: Transport,
  args: { readonly site: string },
  options?: CallOptions,
): Promise<SiteDomain[]> {
  const params = { name: args.site };
  return ask(press, 'press.api.site.domains', params, z.array(SiteDomainSchema), options);
}

/**
 * Makes a domain of a site its primary one. Mutating, at once (C 5.11); only on an Active site the
 * servers are told. As every save does, it turns on again the billing that an archive has turned
 * off (observed-2 5). Repeated: no further effect. Proof: `host_name` of the site.
 *
 * @throws PressError `REFUSED` for a domain that is not Active, or not the site's
 */
export async function setHostName(
  press: Transport,
  { site, domain }: SiteDomainArgs,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.set_host_name', { name: site, domain }, options);
}

/**
 * Takes a custom domain off a site, with its certificate. Mutating (C 5.10): the row is gone at
 * once, then jobs "Remove Host from Proxy" and "Remove Domain". Site must be Active. `addDomain`
 * puts it back as long as its DNS stands.
 *
 * Repeated: 500 IndexError, which means gone or never there. Proof: {@link listDomains}.
 *
 * @param args.domain exactly as listed; this call does not normalise it
 * @throws PressError `REFUSED` for the default domain and for the primary one
 */
export async function removeDomain(
  press: Transport,
  { site, domain }: SiteDomainArgs,
  options?: CallOptions,
): Promise<void> {
  await tell(press, 'press.api.site.remove_domain', { name: site, domain }, options);
}

/**
 * The site, of any team, that has this domain; null when none has. Read (C 5.6).
 *
 * @throws PressError
 */
export async function domainExists(
  press: Transport,
  args: { readonly domain: string },
  options?: CallOptions,
): Promise<string | null> {
  const site = z.string().nullish();
  return (await ask(press, 'press.api.site.domain_exists', args, site, options)) ?? null;
}
