import { setTimeout } from 'node:timers/promises';
import type { TimingProfile } from '../../domain/timing.js';
import {
  type CallOptions,
  MaplePressError,
  normalizeDomain,
  sitePages,
  type Tenant,
  type Transport,
  type UnreadableSite,
} from '../../maplepress/index.js';

/** A row of a tenant's list; what of it cannot be read is null. */
export interface Row extends UnreadableSite {
  /** {@link bareDomain} of its domain. */
  readonly bare: string | null;
}

/** A domain without `www.`: MaplePress may know an address by either. */
export const bareDomain = (domain: string): string =>
  (normalizeDomain(domain) ?? domain).replace(/^www\./, '');

/** Looks at a row; true when it needs no more. */
export type Look = (row: Row) => boolean;

/** One reading of a list; it ends when nobody looks any more. */
interface Walk {
  readonly lookers: Set<{ readonly look: Look; readonly end: (error?: Error) => void }>;
  /** Stops it when it has begun; until then somebody may still join. */
  stop: () => void;
}

/** Of a tenant: the walk that has not begun, and the end of all before it. */
const queues = new WeakMap<Transport, { next: Walk | null; ended: Promise<void> }>();

/**
 * Shows the rows of the tenant's list to `look`, until it needs no more. A list is read by one walk at a
 * time, so that 500 plans at once are not 500 walks: who asks during one shares the next with everybody
 * who does. The one under way is nobody's to join: it may have passed what was added since.
 *
 * @throws MaplePressError
 */
export function walk(
  { maplePress }: Pick<Tenant, 'maplePress'>,
  look: Look,
  timing: Pick<TimingProfile, 'proofInterval'>,
  { signal }: CallOptions,
): Promise<void> {
  const ours = nextWalk(maplePress, timing);
  const { lookers } = ours;
  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      lookers.delete(looker);
      signal?.removeEventListener('abort', leave);
      if (error === undefined) resolve();
      else reject(error);
    };
    const leave = (): void => {
      end(givenUp());
      if (lookers.size === 0) ours.stop();
    };
    const looker = { look, end };
    lookers.add(looker);
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave, { once: true });
  });
}

function nextWalk(maplePress: Transport, timing: Pick<TimingProfile, 'proofInterval'>): Walk {
  const queue = queues.get(maplePress) ?? { next: null, ended: Promise.resolve() };
  queues.set(maplePress, queue);
  if (queue.next !== null) return queue.next;
  const next: Walk = { lookers: new Set(), stop: () => undefined };
  queue.next = next;
  queue.ended = queue.ended.then(() => {
    queue.next = null;
    return readList(maplePress, next, timing);
  });
  return next;
}

/** Never rejects: what goes wrong is told to those who look. */
async function readList(
  maplePress: Transport,
  walk: Walk,
  { proofInterval }: Pick<TimingProfile, 'proofInterval'>,
): Promise<void> {
  const { lookers } = walk;
  const deserted = new AbortController();
  const { signal } = deserted;
  walk.stop = () => deserted.abort();
  let from: string | null = null;
  let failures = 0;
  while (lookers.size > 0) {
    try {
      for await (const page of sitePages(maplePress, { from }, { signal })) {
        for (const row of [...page.sites, ...page.unreadable]) show(lookers, row);
        if (lookers.size === 0) return;
        from = page.pageState;
        failures = 0;
      }
      for (const { end } of lookers) end();
    } catch (error) {
      failures += 1;
      if (from !== null && failures <= MOST_FAILURES && isPassing(error)) {
        const pause = Math.min(error.retryAfterMs ?? proofInterval, LONGEST_PAUSE_MS);
        await setTimeout(pause, undefined, { signal }).catch(() => undefined);
      } else {
        for (const { end } of lookers) end(error as Error);
      }
    }
  }
}

const isPassing = (error: unknown): error is MaplePressError =>
  error instanceof MaplePressError && PASSING.has(error.code);

function show(lookers: Walk['lookers'], { id, domain }: UnreadableSite): void {
  const row = { id, domain, bare: domain === null ? null : bareDomain(domain) };
  for (const { look, end } of lookers) if (look(row)) end();
}

/**
 * A page that fails is asked for again, here: of 1,000 pages one fails easily, and Temporal would have the
 * walk begin anew each time. The first page is not: that is a question like any other.
 */
const PASSING: ReadonlySet<MaplePressError['code']> = new Set([
  'UNREACHABLE',
  'TIMEOUT',
  'CONNECTION_LOST',
  'UNAVAILABLE',
  'GATEWAY',
  'SERVER_ERROR',
  'RATE_LIMITED',
]);
/** Of one page, one after the other. */
const MOST_FAILURES = 3;
const LONGEST_PAUSE_MS = 60_000;

const givenUp = (): MaplePressError =>
  new MaplePressError({
    code: 'ABORTED',
    message: 'the walk through the list was given up',
    endpoint: 'GET /api/v1/sites',
    sent: 'maybe',
  });
