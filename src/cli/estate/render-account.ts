import type { AccountView } from '../../schemas/estate/account.js';
import type { Billing, InvoiceRow } from '../../schemas/estate/billing.js';
import type { AppPlans, Plans } from '../../schemas/estate/plans.js';
import type { View } from '../output.js';
import { block, type Row, row } from '../render/rows.js';
import { between } from '../render/time.js';
import { tableOf } from './table.js';

/** Rows of the running bill that fit a screen; `--json` has more. */
const SHOWN_ITEMS = 10;
const SHOWN_MOVEMENTS = 5;

/** `1,234.50 INR`. */
function money(amount: number, currency: string): string {
  const text = amount.toLocaleString('en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${text} ${currency}`;
}

/** What is owed, what this month will cost, and what it is made of. */
export function renderBilling(billing: Billing, { colors, now }: View): readonly string[] {
  const { currency, forecast, upcoming, unpaid, past, balances } = billing;
  const amount = (value: number) => money(value, currency);
  const owed = amount(billing.unpaidTotal);
  const sign = forecast.changePercent > 0 ? '+' : '';
  const rows: readonly Row[] = [
    ['unpaid', billing.unpaidTotal > 0 ? colors.red(owed) : owed],
    ...block(
      '',
      unpaid.map((invoice) => invoiceLine(invoice, currency)),
    ),
    ['credit', amount(billing.credit)],
    ['this month', `${amount(billing.monthToDate)} so far`],
    [
      'forecast',
      `${amount(forecast.monthEnd)} (last month ${amount(forecast.lastMonth)}, ${sign}${Math.round(forecast.changePercent)} %)`,
    ],
    ...block(
      '',
      Object.entries(forecast.byKind).map(([kind, value]) => `${kind} ${amount(value)}`),
    ),
    ...block(
      'last bills',
      past.slice(0, 3).map((invoice) => invoiceLine(invoice, currency)),
    ),
    ...block(
      'credit moved',
      balances
        .slice(0, SHOWN_MOVEMENTS)
        .map(
          ({ at, type, source, amount: moved, balance }) =>
            `${moved > 0 ? '+' : ''}${amount(moved)}  ${source ?? type ?? ''}, ${between(at, now)} ago; the credit was ${amount(balance)} after it`,
        ),
    ),
  ];
  return [
    `Bills of account ${billing.account}`,
    ...rows.map(row),
    ...itemsOf(upcoming, amount, colors.dim),
  ];
}

function invoiceLine(
  { name, status, periodEnd, total, due }: InvoiceRow,
  currency: string,
): string {
  const open = due > 0 ? `, ${money(due, currency)} to pay` : '';
  return `${name}  ${status}  ${money(total, currency)}${open}${periodEnd === null ? '' : `  until ${periodEnd}`}`;
}

function itemsOf(
  upcoming: Billing['upcoming'],
  amount: (value: number) => string,
  dim: (text: string) => string,
): readonly string[] {
  if (upcoming === null) return ['', '  Nothing was used in this month yet.'];
  const items = upcoming.items.slice(0, SHOWN_ITEMS);
  const more = upcoming.items.length - items.length + upcoming.moreItems;
  const rows = items.map(({ kind, name, plan, quantity, amount: price }) => [
    name ?? '',
    kind ?? '',
    plan ?? '',
    String(quantity),
    amount(price),
  ]);
  return [
    '',
    ...tableOf(['on this month’s bill', 'kind', 'plan', 'days', 'amount'], rows, dim),
    ...(more > 0 ? [`  and ${more} more: npx sitewright billing --json`] : []),
  ];
}

/** A line per plan, the cheapest first. */
export function renderPlans({ account, plans }: Plans, { colors }: View): readonly string[] {
  if (plans.length === 0) {
    return [`No plans: the user of the key of account ${account} may not choose any.`];
  }
  const rows = plans.map((plan) => [
    plan.name,
    plan.title ?? '',
    `${plan.priceUsd} USD`,
    traitsOf(plan),
    plan.apps.length === 0 ? 'any' : plan.apps.join(', '),
    plan.clusters.length === 0 ? 'any' : plan.clusters.join(', '),
  ]);
  return [
    ...tableOf(['plan', 'title', 'a month', 'for', 'apps', 'clusters'], rows, colors.dim),
    '  use one: npx sitewright provision <subdomain> --plan "<plan>"',
  ];
}

/** A line per plan of a marketplace app, the cheapest first. */
export function renderAppPlans({ app, plans }: AppPlans, { colors }: View): readonly string[] {
  if (plans.length === 0) {
    return [
      `Frappe Cloud has no plans of an app ${app}: it costs nothing, or is called otherwise.`,
    ];
  }
  const rows = plans.map(({ name, title, priceUsd }) => [name, title ?? '', `${priceUsd} USD`]);
  return [
    ...tableOf(['plan', 'title', 'a month'], rows, colors.dim),
    `  use one: npx sitewright install-app <site> --app ${app} --plan "<plan>"`,
  ];
}

function traitsOf({ privateBench, dedicatedServer, trial }: Plans['plans'][number]): string {
  return [
    ...(trial ? ['trial'] : []),
    ...(privateBench ? ['own bench'] : []),
    ...(dedicatedServer ? ['own server'] : []),
  ].join(', ');
}

/** Who an account is, and what its team may do. */
export function renderAccount(view: AccountView, { colors }: View): readonly string[] {
  const { account, user, team, activeSites } = view;
  const may = [
    ...(team.benchesAllowed ? ['benches'] : []),
    ...(team.serversAllowed ? ['servers'] : []),
  ];
  const rows: readonly Row[] = [
    ['user', user],
    ['team', `${team.name}${team.title === null ? '' : ` (${team.title})`}`],
    ...(team.asConfigured
      ? []
      : [['', colors.red('not the team that is configured: npx sitewright doctor')] as const]),
    ...(team.enabled ? [] : [['', colors.red('disabled')] as const]),
    ['members', String(team.members)],
    ['active sites', `${activeSites} (npx sitewright sites)`],
    ['may have', ['sites', ...may].join(', ')],
    [
      'pays by',
      team.paymentMode || colors.yellow('nothing yet: nothing that costs can be ordered'),
    ],
    ['balance', money(team.balance, team.currency)],
    ['subscribed', `${money(team.subscribed, team.currency)} a month`],
    ...(team.hasUnpaidInvoices
      ? [['unpaid bills', colors.red('yes: npx sitewright billing')] as const]
      : []),
  ];
  return [`Account ${account}`, ...rows.map(row)];
}
