import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../src/cli/estate/lines.js';
import {
  renderAccount,
  renderAppPlans,
  renderBilling,
} from '../../../src/cli/estate/render-account.js';
import { renderJob, renderJobs } from '../../../src/cli/estate/render-jobs.js';
import { renderSite } from '../../../src/cli/estate/render-site.js';
import { streamTable, tableOf } from '../../../src/cli/estate/table.js';
import type { View } from '../../../src/cli/output.js';
import type { SiteView } from '../../../src/schemas/estate/site.js';

const NOW = new Date('2026-11-20T12:00:00Z');
const view: View = { colors: pc.createColors(false), now: NOW };
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

const site: SiteView = {
  account: 'main',
  name: 'acme-shop.example.com',
  status: 'Active',
  version: 'Version 15',
  plan: 'USD 25',
  group: { name: 'bench-0001', title: 'Shared' },
  cluster: 'Mumbai',
  hostName: 'shop.acme.com',
  createdAt: ago(3 * 24 * 60),
  troubles: [],
  server: 'f1-mumbai',
  bench: 'bench-0001-000001',
  overview: {
    latestVersion: 'Version 16',
    ip: '198.51.100.10',
    region: 'Mumbai',
    tags: ['gold'],
    isSetUp: true,
  },
  usage: {
    planTitle: '$25',
    priceUsd: 25,
    percent: { cpu: 12.4, disk: 50, database: null },
    diskMb: 500,
    diskLimitMb: 1_000,
    databaseMb: null,
    databaseLimitMb: null,
  },
  apps: ['frappe', 'erpnext'],
  domains: [
    { domain: 'acme-shop.example.com', status: 'Active', primary: false, redirectsToPrimary: true },
    { domain: 'shop.acme.com', status: 'Pending', primary: true, redirectsToPrimary: false },
  ],
  config: [{ key: 'mail_password', type: 'Password', value: '*******' }],
  backups: [],
  openJobs: [
    {
      name: 'j1',
      type: 'Migrate Site',
      status: 'Running',
      createdAt: ago(4),
      startedAt: ago(3),
      endedAt: null,
    },
  ],
  operations: [
    {
      operationId: 'op1',
      kind: 'migrate',
      state: 'needs_human',
      requestedBy: 'ops',
      openedAt: ago(5),
      closedAt: null,
    },
  ],
  missing: [],
};

describe('a site on the screen', () => {
  it('tells everything, and where there is more', () => {
    expect(renderSite(site, view, NOW)).toEqual([
      'acme-shop.example.com   Active',
      '  address       https://shop.acme.com',
      '  version       Version 15 (the latest is Version 16)',
      '  plan          USD 25 · cpu 12 % · disk 50 %, 500 MB of 1.0 GB',
      '  bench group   Shared · bench bench-0001-000001',
      '  cluster       Mumbai · f1-mumbai · 198.51.100.10',
      '  made          3 days ago',
      '  tags          gold',
      '  apps          frappe, erpnext',
      '  domains       ✓ acme-shop.example.com (redirects to the primary)',
      '                ! shop.acme.com (Pending, primary)',
      '  config        mail_password  *******',
      '  backups       none that still has its files',
      '  open jobs     Migrate Site  Running  4 min  npx sitewright job j1',
      '  operations    migrate  needs human  5 min ago  ops  op1',
      '  more          npx sitewright jobs acme-shop.example.com · npx sitewright backups acme-shop.example.com · npx sitewright ledger acme-shop.example.com',
    ]);
  });

  it('tells what is wrong, and what could not be read', () => {
    const broken: SiteView = {
      ...site,
      status: 'Broken',
      troubles: ['fatal update'],
      usage: null,
      domains: null,
      missing: [{ part: 'domains', reason: 'away' }],
    };
    const lines = renderSite(broken, view, NOW);
    expect(lines[0]).toBe('acme-shop.example.com   Broken (fatal update)');
    expect(lines).toContain('  plan          USD 25');
    expect(lines).toContain('  not readable  domains: away');
  });
});

describe('jobs on the screen', () => {
  it('have a line each, and lead to the next page', () => {
    const [job] = site.openJobs ?? [];
    const jobs = job === undefined ? [] : [job];
    expect(renderJobs({ site: 'a.example', jobs, next: 50 }, view)).toEqual([
      'job           status   begun      took          name',
      'Migrate Site  Running  4 min ago  3 min so far  j1',
      '  there are more: npx sitewright jobs a.example --start 50',
      '  steps and output of one: npx sitewright job <name>',
    ]);
  });

  it('show what each step has printed', () => {
    const [job] = site.openJobs ?? [];
    if (job === undefined) throw new Error('no job');
    const steps = [
      { name: 'Backup Site', status: 'Success', output: '' } as const,
      { name: 'Migrate Site', status: 'Running', output: 'one\ntwo' } as const,
    ];
    const lines = renderJob({ ...job, steps }, view);
    expect(lines.slice(-4)).toEqual([
      '  Backup Site   Success',
      '  Migrate Site   Running',
      '    one',
      '    two',
    ]);
    expect(renderJob({ ...job, steps: [] }, view).at(-1)).toContain('no server has taken it yet');
  });
});

describe('money on the screen', () => {
  const team = {
    name: 't1',
    title: null,
    asConfigured: false,
    enabled: true,
    country: 'India',
    currency: 'INR',
    paymentMode: null,
    balance: 0,
    hasUnpaidInvoices: true,
    subscribed: 2_050,
    spendingLimit: 0,
    serversAllowed: false,
    benchesAllowed: true,
    members: 2,
  };

  it('comes with what to do', () => {
    const lines = renderAccount({ account: 'main', user: 'o@x', team, activeSites: 3 }, view);
    const text = lines.join('\n');
    expect(text).toContain('npx sitewright doctor');
    expect(text).toContain('npx sitewright billing');
    expect(text).toContain('nothing that costs can be ordered');
    expect(text).toContain('2,050.00 INR a month');
  });

  it('of a month without use says so', () => {
    const lines = renderBilling(
      {
        account: 'main',
        currency: 'INR',
        unpaidTotal: 0,
        credit: 10,
        monthToDate: 0,
        forecast: { monthEnd: 0, lastMonth: 0, changePercent: -3.4, byKind: {} },
        upcoming: null,
        unpaid: [],
        past: [],
        balances: [
          {
            at: ago(28),
            type: 'Adjustment',
            source: 'Prepaid Credits',
            amount: 100_000,
            balance: 100_010,
          },
        ],
      },
      view,
    );
    expect(lines).toContain('  forecast      0.00 INR (last month 0.00 INR, -3 %)');
    expect(lines).toContain(
      '  credit moved  +100,000.00 INR  Prepaid Credits, 28 min ago; the credit was 100,010.00 INR after it',
    );
    expect(lines.at(-1)).toContain('Nothing was used');
  });
});

describe('plans of an app', () => {
  it('are named as commands want them', () => {
    const plan = { name: 'MARKETPLACE-PLAN-insights-003', title: 'Insights Pro', priceUsd: 20 };
    const lines = renderAppPlans({ account: 'main', app: 'insights', plans: [plan] }, view);
    expect(lines[1]).toBe('MARKETPLACE-PLAN-insights-003  Insights Pro  20 USD');
    expect(lines.at(-1)).toContain('install-app <site> --app insights --plan');
  });

  it('that has none, says so', () => {
    const lines = renderAppPlans({ account: 'main', app: 'erpnxt', plans: [] }, view);
    expect(lines).toEqual([expect.stringMatching(/no plans of an app erpnxt: .* otherwise/)]);
  });
});

describe('a table', () => {
  it('is as wide as its rows', () => {
    expect(
      tableOf(
        ['a', 'b'],
        [
          ['long', '1'],
          ['x', '2'],
        ],
        (text) => text,
      ),
    ).toEqual(['a     b', 'long  1', 'x     2']);
  });

  it('takes rows that are wider than those it has measured', () => {
    const { line } = streamTable(['a', 'b'], [['x', '1']], (text) => text);
    expect(line(['much-longer', '2'])).toBe('much-longer  2');
  });
});

it('reads lines across the chunks of a body, and characters across them too', async () => {
  const bytes = new TextEncoder().encode('{"a":"ü"}\n{"b":1}\n{"c":2}');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 3) controller.enqueue(bytes.slice(at, at + 3));
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const line of linesOf(body)) lines.push(line);
  expect(lines).toEqual(['{"a":"ü"}', '{"b":1}', '{"c":2}']);
});
