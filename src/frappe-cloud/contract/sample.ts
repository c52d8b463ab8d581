import { getReleaseGroup } from '../endpoints/groups.js';
import { pastInvoices } from '../endpoints/invoices.js';
import { listSiteJobs } from '../endpoints/jobs.js';
import { eachSitePage } from '../endpoints/estate.js';
import { getSite } from '../endpoints/sites.js';
import { getDomain } from '../endpoints/catalogue.js';
import type { CallOptions, Transport } from '../transport.js';

/** Things of the account that reads are tried on; what it does not have is left out. */
export interface Sample {
  /** Full name of an Active site. */
  readonly site?: string;
  readonly version?: string;
  readonly server?: string;
  /** A bench group of the team's own. */
  readonly group?: string;
  readonly job?: string;
  readonly invoice?: string;
  readonly domain?: string;
}

/** Looks for something to read of each sort. Read. @throws PressError */
export async function takeSample(press: Transport, options?: CallOptions): Promise<Sample> {
  const [name, domain, invoices] = await Promise.all([
    activeSite(press, options),
    getDomain(press, options),
    pastInvoices(press, options),
  ]);
  const invoice = invoices[0]?.name;
  const rest = { domain, ...(invoice !== undefined && { invoice }) };
  if (name === undefined) return rest;
  const [found, listed] = await Promise.all([
    getSite(press, { site: name }, options),
    listSiteJobs(press, { site: name, job_types: ['New Site'] }, options),
  ]);
  const own = found.found === 'own' ? found.site : null;
  const job = listed.found === 'own' ? listed.jobs[0]?.name : undefined;
  const group = await ownGroup(press, own?.group ?? null, options);
  return {
    ...rest,
    site: name,
    ...(own?.version && { version: own.version }),
    ...(own?.server && { server: own.server }),
    ...(group !== null && { group }),
    ...(job !== undefined && { job }),
  };
}

async function activeSite(press: Transport, options?: CallOptions): Promise<string | undefined> {
  const first = { query: { statuses: ['Active'] as const }, pageSize: 1 };
  for await (const [site] of eachSitePage(press, first, options)) return site?.name;
  return undefined;
}

/** Public groups belong to Press: most reads of them are refused. */
async function ownGroup(
  press: Transport,
  group: string | null,
  options?: CallOptions,
): Promise<string | null> {
  if (group === null) return null;
  const found = await getReleaseGroup(press, { group }, options);
  return found.found === 'own' ? group : null;
}
