import { describe, expect, it } from 'vitest';
import {
  confirmSiteTransfer,
  invoiceUsage,
  paymentMethods,
  removePaymentMethod,
  subscriptions,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat, recordedBody } from './support/press-that.js';
import { scriptedServer, transportTo } from './support/scripted-server.js';

describe('a card', () => {
  it.each([
    [{}, 'removed'],
    [{ message: 'Unpaid Invoices' }, 'kept'],
  ])('%j: %s', async (body, expected) => {
    const { press, sent } = await pressThat(() => ({ body }));
    expect(await removePaymentMethod(press, { name: 'card-1' })).toBe(expected);
    expect(sent).toEqual([{ name: 'card-1' }]);
  });

  it('that Press says something else about is no silent success', async () => {
    const { press } = await pressThat(() => ({ body: { message: 'Something New' } }));
    const error = await pressErrorOf(removePaymentMethod(press, { name: 'card-1' }));
    expect(error).toMatchObject({ code: 'BAD_ANSWER' });
  });

  it('is read whether its numbers are text or not', async () => {
    const card = {
      name: 'card-1',
      last_4: '4242',
      name_on_card: null,
      expiry_month: 2,
      expiry_year: '2031',
      brand: 'visa',
      is_default: 1,
    };
    const { press } = await pressThat(() => ({ body: { message: [card] } }));
    expect(await paymentMethods(press)).toMatchObject([
      { last_4: '4242', expiry_month: '2', expiry_year: '2031', is_default: true },
    ]);
  });
});

describe('a bill', () => {
  it.each([
    [false, null],
    [null, null],
    ['https://x.example/files/INV.pdf', 'https://x.example/files/INV.pdf'],
  ])('with the document %j', async (pdf, expected) => {
    const body = recordedBody('r2-billing-get-invoice-usage-paid') as { message: object };
    const { press } = await pressThat(() => ({
      body: { message: { ...body.message, invoice_pdf: pdf } },
    }));
    expect(await invoiceUsage(press, { invoice: 'i' })).toMatchObject({
      status: 'Paid',
      invoice_pdf: expected,
      items: [{ document_type: 'Site', quantity: 30, amount: 1935 }],
    });
  });

  it('of something nobody has seen yet does not hide the rest', async () => {
    const server = { name: 'f1', plan: 'Server 100' };
    const body = {
      message: { sites: [], servers: [server, { title: 'odd' }, 'text'], marketplace_apps: [7] },
    };
    const { press } = await pressThat(() => ({ body }));
    expect(await subscriptions(press)).toEqual({
      sites: [],
      servers: [server],
      marketplace_apps: [],
    });
  });
});

describe('the confirmation of a transfer', () => {
  const KEY = 'key-out-of-the-mail-1';

  async function answered(status: number, headers: Record<string, string> = {}) {
    const server = await scriptedServer((response) => {
      response.writeHead(status, { 'content-type': 'text/html', ...headers });
      response.end(`<html><body>page about ${KEY}</body></html>`);
    });
    return confirmSiteTransfer(transportTo(server.url), { key: KEY });
  }

  it('is the redirect to the site', async () => {
    await expect(answered(302, { location: '/dashboard/sites/acme.x' })).resolves.toBeUndefined();
  });

  it.each([
    [403, 'FORBIDDEN', 'yes'],
    [301, 'BAD_ANSWER', 'maybe'],
    [200, 'BAD_ANSWER', 'maybe'],
    [404, 'BAD_ANSWER', 'maybe'],
    [502, 'GATEWAY', 'maybe'],
  ])('is no page with %i', async (status, code, sent) => {
    const error = await pressErrorOf(answered(status));
    expect(error).toMatchObject({ code, sent });
    expect(JSON.stringify(error)).not.toContain(KEY);
  });
});
