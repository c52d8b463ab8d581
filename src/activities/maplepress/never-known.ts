import type { NeverKnown } from '../../domain/maplepress.js';
import { isMaplePressKind } from '../../domain/operations.js';
import type { Plan } from '../../domain/plan.js';
import { distance } from '../../domain/spelling.js';
import type { CallOptions } from '../../maplepress/index.js';
import type { Json, Ledger } from '../../ledger/types.js';
import type { ActivityDeps } from '../deps.js';
import { bareDomain, type Row, walk } from './walk.js';

/** More than a person compares. */
const MOST_ALIKE = 3;
/** Letters in which a slip of the finger differs: more, and it is another name. */
const MOST_SLIPS = 2;

/**
 * About a domain that MaplePress does not know: null when an operation of ours has found it there, or
 * sent something for it, so that it is gone; else the registered domains that look like it.
 *
 * @throws MaplePressError, LedgerUnavailable
 */
export async function neverKnownOf(
  { ledger, tenants, timing }: Pick<ActivityDeps, 'ledger' | 'tenants' | 'timing'>,
  { account, domain }: { readonly account: string; readonly domain: string },
  options: CallOptions,
): Promise<NeverKnown | null> {
  for (const operation of await ledger.findOperations({ site: domain })) {
    if (operation.account !== account || !isMaplePressKind(operation.kind)) continue;
    if (await hasMetIt(ledger, operation.operationId)) return null;
  }
  // With and without `www.` are two domains, and easily mistaken for each other.
  const bare = bareDomain(domain);
  const alike: { readonly name: string; readonly far: number }[] = [];
  const look = (row: Row): boolean => {
    if (row.domain === null || row.bare === null) return false;
    const far = distance(row.bare, bare);
    if (far <= Math.min(MOST_SLIPS, bare.length / 4)) alike.push({ name: row.domain, far });
    return false;
  };
  await walk(tenants.get(account), look, timing, options);
  alike.sort((a, b) => a.far - b.far);
  return { spelledAlike: alike.slice(0, MOST_ALIKE).map(({ name }) => name) };
}

async function hasMetIt(
  ledger: Pick<Ledger, 'commandsOf' | 'events'>,
  operationId: string,
): Promise<boolean> {
  const commands = await ledger.commandsOf(operationId);
  if (commands.some(({ state }) => state === 'settled' || state === 'sent')) return true;
  const events = await ledger.events(operationId);
  return events.some(({ type, data }) => type === 'operation.planned' && hasFound(data));
}

/** Whether the target of a plan, as announced, is a registration with its id. */
function hasFound(plan: Json): boolean {
  const { target } = (plan as unknown as Plan<{ readonly id?: string | null }>).material;
  return typeof target.id === 'string';
}
