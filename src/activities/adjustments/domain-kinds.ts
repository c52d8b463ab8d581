import type { InputOf } from '../../domain/inputs.js';
import type { AdjustmentKind } from '../../domain/operations.js';
import type { Check } from '../../domain/plan.js';
import { domainExists, listDomains, type SiteDomain } from '../../frappe-cloud/index.js';
import { fail, pass, warn } from '../checks.js';
import type { Adjustment, AdjustmentDraft, Preflight } from './adjustment.js';

type Kind = Extract<
  AdjustmentKind,
  | 'add-domain'
  | 'retry-domain'
  | 'remove-domain'
  | 'set-host-name'
  | 'set-redirect'
  | 'unset-redirect'
>;

/** After which Press tries a domain no more (C 5.9). */
const MOST_ATTEMPTS = 6;

/** The domains of a site, and the one that is asked about. */
interface Domains {
  readonly domain: string;
  /** What its DNS has to say, in words (C 5.5). */
  readonly record: string;
  readonly row: SiteDomain | undefined;
  readonly primary: string | undefined;
  readonly redirecting: readonly string[];
}

async function read({ account, reading, input }: Preflight<Kind>): Promise<Domains> {
  const { site, domain }: InputOf[Kind] = input;
  const rows = await listDomains(account.press, { site });
  const row = rows.find((candidate) => candidate.domain === domain);
  const { inbound_ip: ip } = reading.site;
  return {
    domain,
    record: `CNAME ${site}${ip ? `, or A ${ip}` : ''}`,
    row,
    primary: rows.find(({ primary }) => primary)?.domain,
    redirecting: rows.filter((each) => each.redirect_to_primary).map((each) => each.domain),
  };
}

const aDomain = (
  of: Domains,
  rest: Omit<AdjustmentDraft, 'summary' | 'estimateSeconds'> & { readonly says: string },
): AdjustmentDraft => {
  const { says, ...draft } = rest;
  const state = of.row === undefined ? 'not there' : of.row.status;
  return { ...draft, summary: [of.domain, state, says], estimateSeconds: 5 * 60 };
};

/** It is one of the site's. */
const isThere = ({ domain, row }: Domains): Check =>
  row === undefined
    ? fail('domain', `${domain} is no domain of this site: add it first`)
    : pass('domain', `${domain} is ${row.status}`);

/** Adds a domain of the customer: DNS, certificate, proxy. */
export const addDomainKind: Adjustment<'add-domain'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const of = await read(preflight);
    const { domain, row } = of;
    const owner = await domainExists(preflight.account.press, { domain });
    const isOurs = owner === preflight.input.site;
    const check =
      owner !== null && !isOurs
        ? fail('domain', `${domain} belongs to another site`)
        : row?.status === 'Broken'
          ? fail('domain', `${domain} is there, and Broken: retry-domain`)
          : isOurs
            ? warn('domain', `${domain} is there already`)
            : pass('domain', `${domain} is free`);
    return aDomain(of, {
      change: { do: 'add domain', domain },
      undo: isOurs ? [] : [{ do: 'remove domain', domain }],
      undoes: 'the domain is removed',
      says: `added as soon as its DNS says ${of.record}`,
      awaitsDns: of,
      checks: [check],
    });
  },
};

/** Asks for the certificate of a Broken domain again. */
export const retryDomainKind: Adjustment<'retry-domain'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const of = await read(preflight);
    const { domain, row } = of;
    const isBroken = row?.status === 'Broken';
    const attempt = (row?.retry_count ?? 0) + 1;
    return aDomain(of, {
      change: { do: 'retry domain', domain, attempt },
      says: `attempt ${attempt}, as soon as its DNS says ${of.record}`,
      awaitsDns: of,
      checks: [
        isThere(of),
        ...(row === undefined || isBroken
          ? []
          : [fail('status', `${domain} is ${row.status}: only Broken ones are tried again`)]),
        // Press answers a 500 to more (C 5.9).
        ...(attempt > MOST_ATTEMPTS
          ? [fail('attempts', `Press has tried it ${MOST_ATTEMPTS} times: remove and add it`)]
          : []),
      ],
    });
  },
};

/** Takes a domain of the customer off. */
export const removeDomainKind: Adjustment<'remove-domain'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const of = await read(preflight);
    const { domain, row, primary } = of;
    const isDefault = domain === preflight.input.site;
    return aDomain(of, {
      change: { do: 'remove domain', domain },
      ...(row?.status === 'Active'
        ? {
            undo: [
              { do: 'add domain', domain },
              ...(row.redirect_to_primary ? [{ do: 'set redirect', domain } as const] : []),
            ],
            undoes: 'the domain is added again',
          }
        : // Its row and its certificate go at once (C 5.10), and no call brings one like it back.
          { remains: `${domain} is gone at Press, with its certificate; the proxy may have it` }),
      says: 'removed, with its certificate',
      mayLose: [`visitors of ${domain}`],
      checks: [
        isThere(of),
        isDefault
          ? fail('default', `${domain} is the name of the site, which stays`)
          : pass('default', 'not the name of the site'),
        domain === primary
          ? fail('primary', `${domain} is the primary domain: set-host-name to another one first`)
          : pass('primary', `${primary ?? 'none'} stays the primary one`),
      ],
    });
  },
};

/** Makes a domain the primary one. */
export const setHostNameKind: Adjustment<'set-host-name'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const of = await read(preflight);
    const { domain, row, primary } = of;
    const redirects = of.redirecting.filter((each) => each !== domain);
    return aDomain(of, {
      change: { do: 'set host name', domain, redirects },
      ...(primary !== undefined &&
        primary !== domain && {
          undo: [
            { do: 'set host name', domain: primary, redirects } as const,
            ...(row?.redirect_to_primary ? [{ do: 'set redirect', domain } as const] : []),
          ],
          undoes: `${primary} is the primary one again`,
        }),
      says: `${primary ?? 'none'} → ${domain}`,
      checks: [
        isThere(of),
        ...(row === undefined || row.status === 'Active'
          ? []
          : [fail('status', `${domain} is ${row.status}: only an Active domain can be primary`)]),
        ...(primary === domain
          ? [warn('primary', `${domain} is so already: the server is only told once more`)]
          : []),
      ],
    });
  },
};

/** Lets a domain redirect to the primary one. */
export const setRedirectKind: Adjustment<'set-redirect'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const of = await read(preflight);
    const { domain, row, primary } = of;
    return aDomain(of, {
      change: { do: 'set redirect', domain },
      ...(row?.redirect_to_primary === false && {
        undo: [{ do: 'unset redirect', domain }],
        undoes: 'it serves the site again',
      }),
      says: `visitors are sent to ${primary ?? 'the primary domain'}`,
      checks: [
        isThere(of),
        ...(primary === domain
          ? [fail('primary', `${domain} is the primary domain, which cannot redirect to itself`)]
          : []),
        ...already(row?.redirect_to_primary === true, `${domain} redirects already`),
      ],
    });
  },
};

/** Lets a domain serve the site itself. */
export const unsetRedirectKind: Adjustment<'unset-redirect'> = {
  allowed: ['Active'],
  async plan(preflight) {
    const of = await read(preflight);
    const { domain, row } = of;
    return aDomain(of, {
      change: { do: 'unset redirect', domain },
      ...(row?.redirect_to_primary === true && {
        undo: [{ do: 'set redirect', domain }],
        undoes: 'it redirects again',
      }),
      says: 'it serves the site itself',
      checks: [
        isThere(of),
        ...already(row?.redirect_to_primary === false, `${domain} does not redirect`),
      ],
    });
  },
};

/** A job may have failed before: then it helps. */
const already = (isSo: boolean, says: string): readonly Check[] =>
  isSo ? [warn('redirect', `${says}: the proxy is only told once more`)] : [];
