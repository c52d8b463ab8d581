import { isObject } from '../json.js';
import type { DnsRecords, Json } from '../types.js';

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const isFlag = (value: unknown): boolean => typeof value === 'boolean';

const MEMBERS: Readonly<Record<keyof DnsRecords, (value: unknown) => boolean>> = {
  A: isTexts,
  AAAA: isTexts,
  CNAME: isTexts,
  caaForbids: isFlag,
  proxiedBy: (value) => typeof value === 'string',
  reachable: isFlag,
  certificate: isFlag,
};

const EXPECTED =
  'expected {"domain": text, "A"?, "AAAA"?, "CNAME"?: list of texts, "proxiedBy"?: text, ' +
  '"caaForbids"?, "reachable"?, "certificate"?: true or false}, e.g. ' +
  '{"domain":"shop.example.com","CNAME":["acme.frappe.cloud"]}';

/** What `POST /_sim/dns` takes. @throws Error that says what is expected */
export function dnsBody(body: unknown): { domain: string; records: DnsRecords } {
  const given = body as Json;
  if (!isObject(given)) throw new Error(EXPECTED);
  const { domain, ...records } = given;
  if (typeof domain !== 'string' || domain === '') throw new Error(`no domain: ${EXPECTED}`);
  const checks: Readonly<Record<string, (value: unknown) => boolean>> = MEMBERS;
  for (const [name, value] of Object.entries(records)) {
    if (checks[name]?.(value) !== true) throw new Error(`"${name}" is not so: ${EXPECTED}`);
  }
  return { domain, records };
}
