import type { Json } from '../types.js';
import type { Row } from './model.js';

export type InvoiceStatus = 'Draft' | 'Unpaid' | 'Paid';

export interface InvoiceItem {
  site: string;
  plan: string;
  /** Days. */
  quantity: number;
  rate: number;
}

/** One month of one team. */
export interface InvoiceRow extends Row {
  team: string;
  status: InvoiceStatus;
  /** `YYYY-MM-DD`, in the server's zone, as all dates here. */
  periodStart: string;
  periodEnd: string;
  paymentDate: string | null;
  items: InvoiceItem[];
}

/** A Balance Transaction. */
export interface BalanceRow extends Row {
  team: string;
  amount: number;
  endingBalance: number;
  type: string;
  source: string;
  description: string | null;
}

/** A Site Plan Change; the first plan of a site has no row here. */
export interface PlanChangeRow extends Row {
  site: string;
  fromPlan: string;
  toPlan: string;
}

/** A Team Change: the site goes to whoever follows the link with the key. */
export interface TransferRow extends Row {
  key: string;
  site: string;
  fromTeam: string;
  toTeam: string;
  reason: string;
  done: boolean;
}

/** Whom Press tells about a site. */
export interface ContactRow {
  site: string;
  channel: Json;
  type: Json;
  value: Json;
}

export interface BillingState {
  /** Without the drafts of the running month: those follow from the subscriptions. */
  invoices: Record<string, InvoiceRow>;
  balances: BalanceRow[];
  planChanges: PlanChangeRow[];
  transfers: TransferRow[];
  contacts: ContactRow[];
}
