import { type CallContext, teamOf } from '../api/endpoint.js';
import { invoicesOf } from '../billing/invoices.js';
import { missing } from '../http/errors.js';
import type { TeamRow } from '../world/accounts.js';
import type { InvoiceRow } from '../world/billing.js';
import { ACCESS, type Columns, type Doctype } from './doctype.js';
import { invoiceDocument } from './invoice-view.js';
import { teamColumns, teamDocument } from './team-view.js';

const ownTeams = (context: CallContext): TeamRow[] => {
  const { name } = teamOf(context);
  return context.world.state.teams.filter((team) => team.name === name || team.parent === name);
};

const ownTeam = (context: CallContext, name: string): TeamRow | undefined =>
  ownTeams(context).find((team) => team.name === name);

/** One's own team and its children (C 8.7). */
export const teamDoctype: Doctype = {
  fields: ['team_title', 'user', 'parent_team', 'enabled', 'country', 'currency', 'payment_mode'],
  list: (context) => ownTeams(context).map((team) => teamColumns(context.world, team)),
  exists: ({ world }, name) => world.state.teams.some((team) => team.name === name),
  owns: (context, name) => ownTeam(context, name) !== undefined,
  get(context, name) {
    const team = ownTeam(context, name);
    if (team === undefined) throw missing('Team', name);
    return teamDocument(context.world, team);
  },
};

const SHOWN = [
  'doctype',
  'name',
  'owner',
  'creation',
  'modified',
  'modified_by',
  'docstatus',
  'idx',
  'period_start',
  'period_end',
  'team',
  'items',
  'currency',
  'type',
  'payment_mode',
  'total',
  'total_before_discount',
  'total_before_tax',
  'partner_email',
  'amount_due',
  'amount_paid',
  'gst',
  'applied_credits',
  'status',
  'due_date',
  'total_discount_amount',
  'invoice_pdf',
  'stripe_invoice_url',
  'amount_due_with_tax',
  'mpesa_invoice',
  'mpesa_invoice_pdf',
  'customer_name',
];

function shown(context: CallContext, invoice: InvoiceRow): Columns {
  const document = invoiceDocument(context.world, invoice);
  // The dashboard's own fields: of an item it shows no site.
  const items = (document.items as Columns[]).map(({ site: _site, ...item }) => item);
  const fields: Columns = Object.fromEntries(SHOWN.map((name) => [name, document[name] ?? null]));
  return { ...fields, items, invoice_pdf: false };
}

const invoices = (context: CallContext): InvoiceRow[] =>
  invoicesOf(context.world, teamOf(context).name);

export const invoiceDoctype: Doctype = {
  fields: SHOWN.filter((name) => name !== 'items'),
  list: (context) => invoices(context).map((invoice) => shown(context, invoice)),
  exists: (context, name) => invoices(context).some((invoice) => invoice.name === name),
  owns: () => true,
  get(context, name) {
    const invoice = invoices(context).find((row) => row.name === name);
    if (invoice === undefined) throw missing('Invoice', name);
    return { ...shown(context, invoice), ...ACCESS };
  },
};
