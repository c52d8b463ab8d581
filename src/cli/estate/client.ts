import { z } from 'zod';
import { Unreachable } from '../../errors.js';
import {
  type Accounts,
  AccountsSchema,
  type AccountView,
  AccountViewSchema,
} from '../../schemas/estate/account.js';
import { type Backups, BackupsSchema } from '../../schemas/estate/backups.js';
import { type Billing, BillingSchema } from '../../schemas/estate/billing.js';
import { PRESS_TIME_HEADER } from '../../schemas/estate/clock.js';
import { type ContractLine, ContractLineSchema } from '../../schemas/estate/contract.js';
import { type Job, type Jobs, JobSchema, JobsSchema } from '../../schemas/estate/jobs.js';
import {
  type UsageLine,
  UsageLineSchema,
  type WordPressFilter,
  type WordPressLine,
  WordPressLineSchema,
  type WordPressView,
  WordPressViewSchema,
} from '../../schemas/estate/maplepress.js';
import {
  type AppPlans,
  AppPlansSchema,
  type Plans,
  PlansSchema,
} from '../../schemas/estate/plans.js';
import {
  type ReadAnswer,
  ReadAnswerSchema,
  type Reads,
  ReadsSchema,
} from '../../schemas/estate/reads.js';
import { type SiteView, SiteViewSchema } from '../../schemas/estate/site.js';
import { type SiteFilter, SiteLineSchema, type SiteRow } from '../../schemas/estate/sites.js';
import { GatewayAnswer, HOW_TO_REACH } from './errors.js';
import { linesOf } from './lines.js';

/** How much of a list is wanted. */
export interface Page {
  readonly limit: number;
  /** How many rows to skip. */
  readonly start?: number;
}

/** A line of a stream that goes on. */
type Content<Line> = Exclude<Line, { readonly end: unknown } | { readonly error: unknown }>;

/** What is told while the contract is checked. */
export type ContractProgress = Content<ContractLine>;

/** What is told while WordPress sites are listed. */
export type WordPressListed = Content<WordPressLine>;

/** What is told while the usage of WordPress sites is read; the total comes last. */
export type UsageProgress = Content<UsageLine>;

/** The read routes of a gateway. All of them throw {@link Unreachable} and {@link GatewayAnswer}. */
export interface Estate {
  /** Accounts that the gateway has keys of; asks nobody else. */
  accounts(): Promise<Accounts>;
  /** From A to Z as they come. */
  sites(account: string, filter: SiteFilter): AsyncGenerator<SiteRow, void, undefined>;
  site(account: string, site: string): Promise<SiteView>;
  jobs(account: string, site: string, page: Page): Promise<Jobs>;
  job(account: string, job: string): Promise<Job>;
  backups(account: string, site: string, page: Page): Promise<Backups>;
  billing(account: string): Promise<Billing>;
  plans(account: string): Promise<Plans>;
  appPlans(account: string, app: string): Promise<AppPlans>;
  account(account: string): Promise<AccountView>;
  /** The reads that have no screen of their own; asks nobody else. */
  reads(): Promise<Reads>;
  /** One of {@link reads}. */
  read(
    account: string,
    endpoint: string,
    given: Readonly<Record<string, string>>,
  ): Promise<ReadAnswer>;
  /** What the reads come to, as they come; the first line says how many there are. */
  contract(account: string): AsyncGenerator<ContractProgress, void, undefined>;
  /** As MaplePress orders them. */
  wordPressSites(
    tenant: string,
    filter: WordPressFilter,
  ): AsyncGenerator<WordPressListed, void, undefined>;
  /** @param site its domain or id */
  wordPressSite(tenant: string, site: string): Promise<WordPressView>;
  wordPressUsage(tenant: string): AsyncGenerator<UsageProgress, void, undefined>;
  /** The time at Frappe Cloud, as of the last answer: what its times are relative to. */
  now(): Date;
}

export interface EstateOptions {
  /** Origin of the gateway. */
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

const ProblemSchema = z.object({
  error: z.object({ message: z.string(), hint: z.string().nullable() }),
});

const CUT_OFF = 'The answer was cut off; try again.';
const SAME_RELEASE = 'the gateway and this command line must be of one release';

/** A client of the gateway's read routes. */
export function createEstate({ url, token, signal }: EstateOptions): Estate {
  let now: Date | null = null;
  const call = async (path: string, query: object): Promise<Response> => {
    const target = new URL(path, url);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) target.searchParams.set(name, String(value));
    }
    let response: Response;
    try {
      response = await fetch(target, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      throw new Unreachable('the gateway', url, capitalised(HOW_TO_REACH), error);
    }
    const told = response.headers.get(PRESS_TIME_HEADER);
    if (told !== null) now = new Date(told);
    if (response.ok) return response;
    throw await problemOf(response);
  };

  const read = async <T>(path: string, schema: z.ZodType<T>, query: object): Promise<T> => {
    const response = await call(path, query);
    const body: unknown = await response.json().catch(() => {
      signal.throwIfAborted();
      return null;
    });
    return parsed(schema, body);
  };
  async function* stream<Line extends object>(
    path: string,
    schema: z.ZodType<Line>,
    query: object,
  ): AsyncGenerator<Content<Line>, void, undefined> {
    const response = await call(path, query);
    for await (const line of received(response)) {
      const content = parsed(schema, JSON.parse(line));
      if ('end' in content) return;
      if ('error' in content) {
        const { message, hint } = ProblemSchema.parse(content).error;
        throw new GatewayAnswer(502, `the answer is not whole: ${message}`, hint);
      }
      yield content as Content<Line>;
    }
    throw new Unreachable('the gateway', url, CUT_OFF);
  }
  async function* received(response: Response): AsyncGenerator<string, void, undefined> {
    try {
      yield* linesOf(response.body);
    } catch (error) {
      signal.throwIfAborted();
      throw new Unreachable('the gateway', url, CUT_OFF, error);
    }
  }
  const ofTenant = (tenant: string, rest: string) =>
    `/v1/maplepress/${encodeURIComponent(tenant)}/${rest}`;
  const ofRead = (account: string, endpoint: string) =>
    `/v1/accounts/${encodeURIComponent(account)}/reads/${encodeURIComponent(endpoint)}`;
  const ofSite = (site: string, rest = '') => `/v1/sites/${encodeURIComponent(site)}${rest}`;

  return {
    now: () => now ?? new Date(),
    accounts: () => read('/v1/accounts', AccountsSchema, {}),
    site: (account, site) => read(ofSite(site), SiteViewSchema, { account }),
    jobs: (account, site, page) => read(ofSite(site, '/jobs'), JobsSchema, { account, ...page }),
    job: (account, job) => read(`/v1/jobs/${encodeURIComponent(job)}`, JobSchema, { account }),
    backups: (account, site, page) =>
      read(ofSite(site, '/backups'), BackupsSchema, { account, ...page }),
    billing: (account) => read('/v1/billing', BillingSchema, { account }),
    plans: (account) => read('/v1/plans', PlansSchema, { account }),
    appPlans: (account, app) =>
      read(`/v1/apps/${encodeURIComponent(app)}/plans`, AppPlansSchema, { account }),
    account: (account) => read('/v1/account', AccountViewSchema, { account }),
    reads: () => read('/v1/reads', ReadsSchema, {}),
    read: (account, endpoint, given) => read(ofRead(account, endpoint), ReadAnswerSchema, given),
    contract: (account) => stream('/v1/contract', ContractLineSchema, { account }),
    async *sites(account, filter) {
      const lines = stream('/v1/sites', SiteLineSchema, { account, ...filter });
      for await (const { site } of lines) yield site;
    },
    wordPressSites: (tenant, filter) =>
      stream(ofTenant(tenant, 'sites'), WordPressLineSchema, filter),
    wordPressSite: (tenant, site) =>
      read(ofTenant(tenant, `sites/${encodeURIComponent(site)}`), WordPressViewSchema, {}),
    wordPressUsage: (tenant) => stream(ofTenant(tenant, 'usage'), UsageLineSchema, {}),
  };
}

/** @throws GatewayAnswer */
function parsed<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new GatewayAnswer(502, 'the gateway answers in another shape', SAME_RELEASE);
}

async function problemOf(response: Response): Promise<GatewayAnswer> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const parsed = ProblemSchema.safeParse(body);
  if (!parsed.success) {
    return new GatewayAnswer(502, `not a gateway: it answers with status ${status}`, HOW_TO_REACH);
  }
  const { message, hint } = parsed.data.error;
  return new GatewayAnswer(status, message, hint);
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
