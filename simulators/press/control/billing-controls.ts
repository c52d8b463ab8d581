import { monthOf } from '../billing/months.js';
import { acceptTransfer } from '../teams/transfers.js';
import type { InvoiceSettings } from '../types.js';
import { FRAPPE_TEAM } from '../world/seed-catalogue.js';
import type { World } from '../world/world.js';

/** What one may arrange about money and owners. */
export interface BillingControls {
  /** A bill of a past month. @returns its name. */
  addInvoice: (team: string, settings: InvoiceSettings) => string;
  /** A person follows the newest link that was mailed for a site. @returns its new team. */
  confirmTransfer: (site: string) => string;
}

export function createBillingControls(world: World): BillingControls {
  return {
    addInvoice(team, { amount, status = 'Unpaid', monthsAgo = 1 }) {
      if (!world.state.teams.some(({ name }) => name === team)) throw new Error(`no team ${team}`);
      const month = monthOf(world, monthsAgo);
      const number = Object.keys(world.state.invoices).length + 1;
      const name = `INV-${monthOf(world).year}-${String(number).padStart(5, '0')}`;
      const site = Object.values(world.state.sites).find((row) => row.team === team);
      const item = { site: site?.name ?? FRAPPE_TEAM, plan: site?.plan ?? 'USD 25' };
      world.state.invoices[name] = {
        ...world.newRow('Administrator', name),
        team,
        status,
        periodStart: month.start,
        periodEnd: month.end,
        paymentDate: status === 'Paid' ? month.end : null,
        items: [{ ...item, quantity: 1, rate: amount }],
      };
      world.onChange();
      return name;
    },
    confirmTransfer(name) {
      const open = world.state.transfers.findLast(({ site, done }) => site === name && !done);
      if (open === undefined) throw new Error(`no request to transfer ${name}`);
      const { team } = acceptTransfer(world, open);
      world.onChange();
      return team;
    },
  };
}
