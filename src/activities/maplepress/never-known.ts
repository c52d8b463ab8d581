import type { NeverKnown } from '../../domain/maplepress.js';
import { isMaplePressKind } from '../../domain/operations.js';
import type { Plan } from '../../domain/plan.js';
import { distance } from '../../domain/spelling.js';
import type { Json, Ledger } from '../../ledger/types.js';
import type { ActivityDeps } from '../deps.js';
import { bareDomain, type Row } from './walk.js';

/** More than a person compares. */
const MOST_ALIKE = 3;
/** Letters in which a slip of the finger differs: more, and it is another name. */
const MOST_SLIPS = 2;

/**
 * About a domain that MaplePress does not know: null when an operation of ours has found it there, or
 * sent something for it, so that it is gone; else the registered domains that look like it.
 *
 * @param spelledAlike see {@link lookAlikes}
 * @throws LedgerUnavailable
 */
export async function neverKnownOf(
  { ledger }: Pick<ActivityDeps, 'ledger'>,
  { account, domain }: { readonly account: string; readonly domain: string },
  spelledAlike: readonly string[],
): Promise<NeverKnown | null> {
  for (const operation of await ledger.findOperations({ site: domain })) {
    if (operation.account !== account || !isMaplePressKind(operation.kind)) continue;
    if (await hasMetIt(ledger, operation.operationId)) return null;
  }
  return { spelledAlike };
}

/** Gathers the domains that look like one from the rows of a list that `look` is shown. */
export function lookAlikes(domain: string): {
  readonly look: (row: Row) => void;
  /** @returns the most alike first */
  readonly found: () => readonly string[];
} {
  // With and without `www.` are two domains, and easily mistaken for each other.
  const bare = bareDomain(domain);
  const alike: { readonly name: string; readonly far: number }[] = [];
  return {
    look({ domain: name, bare: other }) {
      if (name === null || other === null) return;
      const far = distance(other, bare);
      if (far <= Math.min(MOST_SLIPS, bare.length / 4)) alike.push({ name, far });
    },
    found() {
      alike.sort((a, b) => a.far - b.far);
      return alike.slice(0, MOST_ALIKE).map(({ name }) => name);
    },
  };
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

/** Whether the target of a plan, as announced, is a registration with its id; refused plans have none. */
function hasFound(plan: Json): boolean {
  const { target } = (plan as unknown as Plan<{ readonly id?: string | null }>).material;
  return typeof target.id === 'string' && target.id !== '';
}
