import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CallOptions,
  messageOf,
  MINUTE,
  type Press,
  startPress,
} from './support/press-client.js';
import { inOurNames, recorded, shapeDifferences } from './support/recordings.js';

let press: Press;
let site: string;
/** Names of the bills, by their status. */
let bills: Record<string, string>;

beforeAll(async () => {
  press = await startPress();
  site = await press.activeSite('delta-site');
  const add = (status: 'Unpaid' | 'Paid', monthsAgo: number) =>
    press.sim.addInvoice('main00team', { amount: 1935, status, monthsAgo });
  bills = { paid: add('Paid', 2), unpaid: add('Unpaid', 1) };
  const upcoming = await press.ask<{ upcoming_invoice: { name: string } }>(
    'press.api.billing.upcoming_invoice',
  );
  bills.draft = upcoming.upcoming_invoice.name;
});

afterAll(() => press.sim.close());

interface Case {
  file: string;
  method: string;
  body: () => unknown;
  options?: CallOptions;
}

const call = (file: string, method: string, body: object = {}, options?: CallOptions): Case => ({
  file,
  method: `press.api.${method}`,
  body: () => body,
  ...(options ? { options } : {}),
});

const bill = (file: string, method: string, status: string): Case => ({
  file,
  method: `press.api.billing.${method}`,
  body: () => ({ invoice: bills[status] }),
});

const billing = (file: string, method: string, body: object = {}, options?: CallOptions): Case =>
  call(`r2-billing-${file}`, `billing.${method}`, body, options);

const account = (file: string, method: string, body: object = {}, options?: CallOptions): Case =>
  call(`r2-account-${file}`, `account.${method}`, body, options);

const asNopay: CallOptions = { as: 'nopay' };
const empty = { as: 'other' } as const;

const tool = (file: string, method: string, args: object = {}): Case => ({
  file: `r2-site-${file}`,
  method: 'press.api.client.run_doc_method',
  body: () => ({ dt: 'Site', dn: site, method, args }),
});

const index = { table: 'tabUser', column: 'email' };
const contacts = { values: [{ channel: 'Email', type: 'General', value: 'ops@main.example' }] };

const TOOLS: readonly Case[] = [
  tool('get-communication-infos', 'get_communication_infos'),
  tool('update-communication-infos', 'update_communication_infos', contacts),
  tool('optimize-tables-active', 'optimize_tables'),
  tool('add-database-index', 'add_database_index', index),
  tool('get-database-performance-report', 'get_database_performance_report'),
  tool('fetch-database-table-schema', 'fetch_database_table_schema'),
  tool('fetch-database-processes', 'fetch_database_processes'),
  tool('suggest-database-indexes', 'suggest_database_indexes'),
  tool('run-sql-query', 'run_sql_query_in_database', { query: 'select 1', commit: false }),
];

const ANSWERS: readonly Case[] = [
  billing('upcoming-invoice-with-invoices', 'upcoming_invoice'),
  billing('upcoming-invoice', 'upcoming_invoice', {}, empty),
  billing('get-unpaid-invoices-with-invoices', 'get_unpaid_invoices'),
  billing('unpaid-invoices-with-invoices', 'unpaid_invoices'),
  billing('unpaid-invoices', 'unpaid_invoices', {}, empty),
  billing('total-unpaid-amount-with-invoices', 'total_unpaid_amount'),
  billing('total-unpaid-amount-nopay', 'total_unpaid_amount', {}, asNopay),
  billing('get-balance-credit', 'get_balance_credit'),
  billing('get-current-billing-amount-with-invoices', 'get_current_billing_amount'),
  billing('get-current-billing-amount', 'get_current_billing_amount', {}, empty),
  bill('r2-billing-get-invoice-usage-paid', 'get_invoice_usage', 'paid'),
  bill('r2-billing-get-invoice-usage-draft', 'get_invoice_usage', 'draft'),
  bill('r2-billing-fetch-invoice-items-paid', 'fetch_invoice_items', 'paid'),
  bill('r2-billing-fetch-invoice-items-unpaid', 'fetch_invoice_items', 'unpaid'),
  billing('get-summary-with-invoices', 'get_summary'),
  billing('get-summary', 'get_summary', {}, empty),
  billing('invoices-and-payments-with-invoices', 'invoices_and_payments'),
  billing('invoices-and-payments-with-invoices', 'past_invoices'),
  billing('billing-forecast-with-invoices', 'billing_forecast'),
  billing('subscriptions', 'subscriptions'),
  billing('details', 'details'),
  billing('balances', 'balances'),
  call('billing-balances', 'billing.balances'),
  billing('get-payment-methods', 'get_payment_methods'),
  account('current-team', 'current_team'),
  call('current-team', 'account.current_team'),
  account('can-switch-to-own-team', 'can_switch_to_team', { team: 'main00team' }),
  account('switch-team-member', 'switch_team', { team: 'main00team' }),
  account('switch-team-foreign', 'switch_team', { team: 'other0team' }),
  account('get-site-count', 'get_site_count'),
  account('get-billing-information', 'get_billing_information'),
  call('r2-developer-saas-ping', 'developer.saas.ping', {}, { as: null }),
  call('r2-selfhosted-options-for-new', 'selfhosted.options_for_new'),
  call('r2-selfhosted-check-dns', 'selfhosted.check_dns', { domain: 'x', ip: '10.0.0.1' }),
  {
    file: 'r2-transfer-send-request-by-new-team-back',
    method: 'press.api.site.send_change_team_request',
    body: () => ({ name: site, team_mail_id: 'ops@other.example', reason: 'r' }),
  },
  {
    file: 'set-plan-rdm',
    method: 'press.api.client.run_doc_method',
    body: () => ({ dt: 'Site', dn: site, method: 'set_plan', args: { plan: 'USD 50' } }),
  },
  {
    file: 'r2-transfer-send-request-rdm',
    method: 'press.api.client.run_doc_method',
    body: () => ({
      dt: 'Site',
      dn: site,
      method: 'send_change_team_request',
      args: { team_mail_id: 'ops@other.example', reason: 'r' },
    }),
  },
  {
    file: 'r2-change-plan-with-unpaid-invoice',
    method: 'press.api.site.change_plan',
    body: () => ({ name: site, plan: 'USD 10' }),
  },
  {
    file: 'r2-lost-change-plan',
    method: 'press.api.client.get_list',
    body: () => ({
      doctype: 'Site Plan Change',
      fields: ['name', 'from_plan', 'to_plan', 'type', 'creation', 'owner'],
      filters: { site },
    }),
  },
  account('create-child-team', 'create_child_team', { title: 'below' }, asNopay),
  billing('finalize-invoices', 'finalize_invoices', {}, empty),
];

describe('answers about money and teams have the shape of the real server', () => {
  it.each(ANSWERS)('$file', async ({ file, method, body, options }) => {
    const wanted = method.endsWith('get_list') ? 'get_list Site Plan Change' : undefined;
    const { response } = recorded(file, wanted);
    const reply = await press.call(method, body(), options);
    expect(reply.status).toBe(response.status);
    expect(shapeDifferences(response.body, reply.body)).toEqual([]);
  });
});

describe("answers of the tools for one site have the real server's shape", () => {
  it.each(TOOLS)('$file', async ({ file, method, body }) => {
    const { response } = recorded(file);
    const reply = await press.call(method, body());
    expect(reply.status).toBe(response.status);
    expect(shapeDifferences(response.body.message, reply.body.message)).toEqual([]);
    expect(reply.body.docs).toHaveLength(1);
  });
});

const key = { secret_key: 'nosuch' };

const REFUSALS: readonly Case[] = [
  billing('fetch-invoice-items-unknown', 'fetch_invoice_items', { invoice: 'INV-2026-99999' }),
  billing('set-as-default-unknown', 'set_as_default', { name: 'nosuch' }),
  billing('remove-payment-method-unknown', 'remove_payment_method', { name: 'nosuch' }),
  billing('cancel-razorpay-mandate-unknown', 'cancel_razorpay_mandate', { mandate_name: 'nosuch' }),
  billing('change-payment-mode-card', 'change_payment_mode', { mode: 'Card' }),
  billing('get-publishable-key-and-setup-intent', 'get_publishable_key_and_setup_intent'),
  billing('setup-intent-success', 'setup_intent_success'),
  billing('create-payment-intent-for-buying-credits', 'create_payment_intent_for_buying_credits', {
    amount: 100,
  }),
  billing('create-payment-intent-for-micro-debit', 'create_payment_intent_for_micro_debit'),
  ...[
    ['zero', 0],
    ['too-small', 1],
    ['below-unpaid', 100],
  ].map(([file, amount]) =>
    billing(`create-razorpay-order-${file}`, 'create_razorpay_order', {
      amount,
      transaction_type: 'Prepaid Credits',
    }),
  ),
  billing('create-razorpay-mandate', 'create_razorpay_mandate', { max_amount: 1000 }),
  billing('create-razorpay-mandate-too-big', 'create_razorpay_mandate', { max_amount: 200_000 }),
  billing('request-for-payment', 'request_for_payment'),
  account('create-child-team-again', 'create_child_team', { title: 'fd child' }, asNopay),
  account('leave-team-own', 'leave_team', { team: 'main00team' }),
  account('leave-team-not-member', 'leave_team', { team: 'nopay0team' }),
  account('remove-team-member-unknown', 'remove_team_member', { user_email: 'nobody@lab.example' }),
  account('update-billing-information', 'update_billing_information', {
    billing_details: { country: 'India' },
  }),
  account('update-billing-information-country-change', 'update_billing_information', {
    billing_details: { country: 'Germany' },
  }),
  call('r2-saas-account-request', 'saas.account_request'),
  call('r2-saas-new-saas-site', 'saas.new_saas_site'),
  call('r2-saas-setup-account-bad-key', 'saas.setup_account', { key: 'nosuch' }),
  call('r2-saas-get-site-status-bad-key', 'saas.get_site_status', { key: 'nosuch' }),
  call('r2-saas-get-site-url-and-sid-bad-key', 'saas.get_site_url_and_sid', { key: 'nosuch' }),
  call('r2-developer-saas-get-subscription-info', 'developer.saas.get_subscription_info', key),
  call('r2-developer-saas-send-verification-code', 'developer.saas.send_verification_code'),
  call('r2-developer-saas-verify-verification-code', 'developer.saas.verify_verification_code'),
  ...['change-site-plan', 'get-subscription', 'send-login-link', 'update-billing-info'].map(
    (name) =>
      call(
        `r2-developer-marketplace-${name}`,
        `developer.marketplace.${name.replaceAll('-', '_')}`,
        key,
      ),
  ),
  call('r2-selfhosted-create-and-verify', 'selfhosted.create_and_verify_selfhosted'),
  call('r2-selfhosted-setup', 'selfhosted.setup', { server: 'nosuch' }),
  tool('is-setup-wizard-complete', 'is_setup_wizard_complete'),
  tool('kill-database-process', 'kill_database_process', { id: '1' }),
  tool('fetch-binlog-timeline', 'fetch_binlog_timeline', { start: 1, end: 2 }),
  tool('search-binlogs', 'search_binlogs', { start: 1, end: 2 }),
  {
    file: 'r2-transfer-send-request-unknown-team',
    method: 'press.api.site.send_change_team_request',
    body: () => ({ name: site, team_mail_id: 'nobody@lab.example', reason: 'r' }),
  },
  {
    file: 'r2-transfer-send-request-foreign',
    method: 'press.api.site.send_change_team_request',
    body: () => ({ name: site, team_mail_id: 'ops@other.example', reason: 'r' }),
    options: empty,
  },
  {
    file: 'change-plan-free',
    method: 'press.api.site.change_plan',
    body: () => ({ name: site, plan: 'Unlimited' }),
  },
  {
    file: 'change-plan-unknown',
    method: 'press.api.site.change_plan',
    body: () => ({ name: site, plan: 'No Plan' }),
  },
  {
    file: 'r2-lost-change-plan',
    method: 'press.api.site.change_plan',
    body: () => ({ name: site, plan: 'USD 10' }),
  },
];

describe('refusals about money and teams are those of the real server', () => {
  beforeAll(async () => {
    await press.call('press.api.account.create_child_team', { title: 'fd child' }, asNopay);
  });

  /** Logins and teams of the measured server, in ours. */
  const named = (text: string) =>
    inOurNames(text)
      .replaceAll('bmju5l52si', 'main00team')
      .replaceAll('ops@lab.example', 'ops@main.example');

  it.each(REFUSALS)('$file', async ({ file, method, body, options }) => {
    const label = file === 'r2-lost-change-plan' ? 'RE-SEND' : undefined;
    const { response } = recorded(file, label);
    const reply = await press.call(method, body(), options);
    expect(reply.status).toBe(response.status);
    expect(reply.body.exc_type).toBe(response.body.exc_type);
    expect(reply.body.exception).toBe(named(String(response.body.exception)));
    expect(messageOf(reply.body)).toBe(named(messageOf(response.body)));
  });
});

describe('the bill of the running month', () => {
  it('grows by the day, and becomes whole months', async () => {
    const amount = () => press.ask<number>('press.api.billing.get_current_billing_amount');
    const before = await amount();
    press.sim.clock.advance(24 * 60 * MINUTE);
    expect(await amount()).toBeGreaterThan(before);
  });

  it('is paid from the balance when it is finalised', async () => {
    const unpaid = () => press.ask<number>('press.api.billing.total_unpaid_amount');
    expect(await unpaid()).toBe(1935);
    await press.ask('press.api.billing.finalize_invoices');
    expect(await unpaid()).toBe(0);
    const [paid] = await press.ask<object[]>('press.api.billing.balances');
    expect(paid).toMatchObject({ amount: -1935, ending_balance: 98_065 });
  });
});
