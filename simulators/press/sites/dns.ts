import { PressError, refuse } from '../http/errors.js';
import { INBOUND_IP } from './servers.js';
import type { DnsRecords, Json } from '../types.js';
import type { SiteRow } from '../world/model.js';
import type { World } from '../world/world.js';

const NO_SUCH_NAME = 'The DNS query name does not exist.';

interface Lookup {
  type: 'A' | 'CNAME';
  exists: boolean;
  matched: boolean;
  answer: string;
}

interface DnsCheck {
  valid: boolean;
  matchedType: 'A' | 'CNAME';
  /** What `check_dns` answers: the A record's fields lie on top (C 5.5). */
  view: Record<string, Json>;
}

export const normaliseDomain = (domain: string): string =>
  domain.toLowerCase().replace(/^[.\s]+|[.\s]+$/g, '');

/**
 * The live DNS checks before a domain is accepted.
 *
 * @throws the DNSValidationError family (417): for a client they mean "not yet" (C 5.5).
 */
export function checkDns(world: World, site: SiteRow, domain: string): DnsCheck {
  const root = world.state.rootDomains.find(
    (name) => domain === name || domain.endsWith(`.${name}`),
  );
  if (root !== undefined) {
    throw refuse(
      `Cannot add ${root} domain as it is a system reserved domain. ` +
        'Please use a different domain for your site.',
    );
  }
  const records = world.state.dns[domain];
  if (records !== undefined) refuseBadRecords(domain, records);
  const cname = lookUp('CNAME', domain, records, targetsOf(world, site));
  const a = lookUp('A', domain, records, [INBOUND_IP]);
  if (records !== undefined) refuseConflict(domain, records, cname, a);
  if (records?.reachable === false) throw unreachable();
  const wire = (lookup: Lookup): Record<string, Json> => ({ ...lookup });
  return {
    valid: cname.matched || a.matched,
    matchedType: a.matched ? 'A' : 'CNAME',
    view: { CNAME: wire(cname), ...wire(a), A: wire(a), valid: cname.matched || a.matched },
  };
}

/** A CNAME may lead to the site or to another Active domain of it. */
function targetsOf(world: World, site: SiteRow): string[] {
  return Object.values(world.state.domains)
    .filter((row) => row.site === site.name && row.status === 'Active')
    .map((row) => row.domain);
}

function lookUp(
  type: 'A' | 'CNAME',
  domain: string,
  records: DnsRecords | undefined,
  wanted: readonly string[],
): Lookup {
  if (records === undefined) return { type, exists: true, matched: false, answer: NO_SUCH_NAME };
  const followed = type === 'A' && records.CNAME !== undefined ? [INBOUND_IP] : [];
  const values = records[type] ?? followed;
  const [value] = values;
  if (value === undefined) {
    return { type, exists: false, matched: false, answer: 'The DNS response has no answer.' };
  }
  const answer = `${domain}. 300 IN ${type} ${value}`;
  return { type, exists: true, matched: wanted.includes(value), answer };
}

function refuseBadRecords(domain: string, records: DnsRecords): void {
  if (records.caaForbids === true) {
    throw new PressError(
      'ConflictingCAARecord',
      `Domain ${domain} does not allow Let's Encrypt certificates. ` +
        'Please update or remove <b>CAA</b> record.',
    );
  }
  if ((records.AAAA ?? []).length > 0) {
    throw new PressError(
      'AAAARecordExists',
      `Domain ${domain} has an AAAA record. ` +
        'This causes issues with https certificate generation. Please remove it.',
    );
  }
  for (const type of ['CNAME', 'A'] as const) {
    const values = records[type] ?? [];
    if (values.length < 2) continue;
    throw new PressError(
      type === 'A' ? 'MultipleARecords' : 'MultipleCNAMERecords',
      `Domain ${domain} has multiple ${type} records: ${values.join(', ')}. Please keep only one.`,
    );
  }
  if (records.proxiedBy !== undefined) {
    throw new PressError(
      'DomainProxied',
      `Domain ${domain} appears to be proxied (server: ${records.proxiedBy}). ` +
        'Please turn off proxying.',
    );
  }
}

function refuseConflict(domain: string, records: DnsRecords, cname: Lookup, a: Lookup): void {
  if (records.CNAME === undefined || records.A === undefined || cname.matched === a.matched) return;
  throw new PressError(
    'ConflictingDNSRecord',
    `Domain ${domain} has a correct ${cname.matched ? 'CNAME' : 'A'} record and a wrong other one.`,
  );
}

/** This one has its text in the messages only; `exception` is blank (observed 4). */
function unreachable(): PressError {
  return new PressError(
    'DNSValidationError',
    'Unable to connect to the domain. Is the DNS correct? Learn more.',
    { text: ' ' },
  );
}
