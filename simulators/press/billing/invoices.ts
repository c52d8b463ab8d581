import type { TeamRow } from '../world/accounts.js';
import type { InvoiceItem, InvoiceRow } from '../world/billing.js';
import type { Micros } from '../world/model.js';
import { MICROS_PER_SECOND } from '../world/time.js';
import type { World } from '../world/world.js';
import { monthOf } from './months.js';

const DAY: Micros = 86_400 * MICROS_PER_SECOND;
/** Press bills by the day, and a month has thirty. */
const DAYS_PER_MONTH = 30;

const cents = (amount: number): number => Math.round(amount * 100) / 100;

export const totalOf = ({ items }: Pick<InvoiceRow, 'items'>): number =>
  cents(items.reduce((sum, { quantity, rate }) => sum + quantity * rate, 0));

export const dueOf = (invoice: InvoiceRow): number =>
  invoice.status === 'Paid' ? 0 : totalOf(invoice);

/** Monthly prices of what the team is subscribed to, by site. */
export function subscribed(
  world: World,
  team: string,
): { site: string; plan: string; price: number }[] {
  const { subscriptions, plans } = world.state;
  return Object.values(subscriptions)
    .filter((row) => row.team === team && row.enabled && row.app === null)
    .map(({ site, plan }) => ({ site, plan, price: plans[plan]?.priceInr ?? 0 }));
}

/** The bill of the running month so far; null without anything used. */
export function draftOf(world: World, team: string): InvoiceRow | null {
  const month = monthOf(world);
  const start = world.fromLocal(`${month.start} 00:00:00`) ?? 0;
  const items = subscribed(world, team).map(({ site, plan, price }): InvoiceItem => {
    const since = Math.max(start, world.state.sites[site]?.creation ?? start);
    const quantity = Math.floor((world.now() - since) / DAY) + 1;
    return { site, plan, quantity, rate: cents(price / DAYS_PER_MONTH) };
  });
  if (items.length === 0) return null;
  const index = world.state.teams.findIndex(({ name }) => name === team);
  return {
    name: `INV-${month.year}-${String(month.month * 1000 + index).padStart(5, '0')}`,
    owner: 'Administrator',
    creation: start,
    modified: world.now(),
    modifiedBy: 'Administrator',
    team,
    status: 'Draft',
    periodStart: month.start,
    periodEnd: month.end,
    paymentDate: null,
    items,
  };
}

/** The bills of a team, the newest first. */
export function invoicesOf(world: World, team: string): InvoiceRow[] {
  const stored = Object.values(world.state.invoices).filter((row) => row.team === team);
  const draft = draftOf(world, team);
  return [...(draft === null ? [] : [draft]), ...stored].sort((a, b) =>
    b.periodEnd.localeCompare(a.periodEnd),
  );
}

export const unpaidOf = (world: World, team: string): InvoiceRow[] =>
  invoicesOf(world, team).filter(({ status }) => status === 'Unpaid');

export function balanceOf(world: World, team: string): number {
  return world.state.balances.findLast((row) => row.team === team)?.endingBalance ?? 0;
}

/** Pays what the balance suffices for: all that happens without a payment service. */
export function payFromBalance(world: World, team: TeamRow): void {
  for (const invoice of unpaidOf(world, team.name)) {
    const amount = totalOf(invoice);
    const endingBalance = cents(balanceOf(world, team.name) - amount);
    if (endingBalance < 0) continue;
    invoice.status = 'Paid';
    invoice.paymentDate = (world.local(world.now()) ?? '').slice(0, 10);
    world.touch(invoice);
    world.state.balances.push({
      ...world.newRow('Administrator', balanceName(world)),
      team: team.name,
      amount: -amount,
      endingBalance,
      type: 'Applied To Invoice',
      source: '',
      description: null,
    });
    world.effect('invoice.pay', invoice.name);
  }
}

const balanceName = (world: World): string =>
  `BT-${monthOf(world).year}-${String(world.state.balances.length + 1).padStart(5, '0')}`;
