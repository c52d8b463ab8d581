import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import {
  type Account,
  addDatabaseIndex,
  canSwitchToTeam,
  confirmSiteTransfer,
  createAccounts,
  createChildTeam,
  currentTeam,
  databasePerformance,
  databaseProcesses,
  databaseSchema,
  getBillingInformation,
  getSite,
  getSiteCount,
  isNoMember,
  isTrialSubdomainFree,
  killDatabaseProcess,
  leaveTeam,
  listTeams,
  me,
  newSite,
  optimizeTables,
  queryDatabase,
  removeTeamMember,
  selfHostedDnsPointsTo,
  selfHostedOptions,
  sendChangeTeamRequest,
  setSiteContacts,
  siteContacts,
  suggestedIndexes,
  switchTeam,
  updateBillingInformation,
} from '../../../src/frappe-cloud/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';

const HOUR_MS = 3_600_000;
const SITE = 'acme-shop.frappe.cloud';
const RECEIVER = 'ops@other.example';

let sim: PressSimulator;
let account: Account;

beforeEach(async () => {
  ({ sim, account } = await simulatedPress());
});

async function order(): Promise<void> {
  await newSite(account.press, {
    name: 'acme-shop',
    apps: ['frappe'],
    plan: 'USD 25',
    cluster: 'Mumbai',
    group: 'bench-0001',
    version: 'Version 15',
    domain: 'frappe.cloud',
  });
  sim.clock.advance(HOUR_MS);
}

/** The account of the team that receives a site. */
function receiver(): Account {
  const { team, apiKey, apiSecret } = sim.accounts.other;
  const accounts = createAccounts([
    { name: 'other', url: sim.url, team, apiKey, apiSecret, requestsPerSecond: 1000 },
  ]);
  onTestFinished(() => accounts.close());
  return accounts.get('other');
}

describe('the team against the simulator', () => {
  it('tells of itself', async () => {
    const { press } = account;
    await order();
    const { team, user } = sim.accounts.main;
    const current = await currentTeam(press);
    expect(current).toMatchObject({
      name: team,
      user,
      currency: 'INR',
      balance: 100_000,
      total_subscribed_amount: 2050,
      billing_info: { has_unpaid_invoices: false },
      team_members: [{ user }],
    });
    expect(JSON.stringify(current)).not.toContain(sim.accounts.main.apiKey);
    expect(await getSiteCount(press)).toBe(1);
    expect(await getBillingInformation(press)).toEqual({});
    sim.addInvoice(team, { amount: 5 });
    expect((await currentTeam(press)).billing_info.has_unpaid_invoices).toBe(true);
  });

  it('has members who come and go', async () => {
    const { press } = account;
    const { team, user } = sim.accounts.main;
    const other = sim.accounts.other.team;
    expect(await canSwitchToTeam(press, { team })).toBe(true);
    expect(await canSwitchToTeam(press, { team: other })).toBe(false);
    expect(await switchTeam(press, { team })).toMatchObject([{ name: user, email: user }]);
    expect(await switchTeam(press, { team: other })).toBeNull();
    expect(await pressErrorOf(leaveTeam(press, { team }))).toMatchObject({ code: 'REFUSED' });
    expect(isNoMember(await pressErrorOf(leaveTeam(press, { team: other })))).toBe(true);
    const removed = removeTeamMember(press, { user_email: RECEIVER });
    expect(isNoMember(await pressErrorOf(removed))).toBe(true);
  });

  it('has children, which a call without a team would act as', async () => {
    const { press } = account;
    await createChildTeam(press, { title: 'below' });
    const [child] = (await listTeams(press)).filter(({ parent_team: parent }) => parent !== null);
    expect(child).toMatchObject({ team_title: 'below', parent_team: sim.accounts.main.team });
    const again = createChildTeam(press, { title: 'below' });
    expect(await pressErrorOf(again)).toMatchObject({ code: 'REFUSED' });
    expect(await me(press)).toMatchObject({ team: sim.accounts.main.team });
    const { apiKey, apiSecret } = sim.accounts.main;
    const headers = { authorization: `token ${apiKey}:${apiSecret}` };
    const answer = await fetch(`${sim.url}/api/method/press.api.account.me`, { headers });
    expect(await answer.json()).toMatchObject({ message: { team: child?.name } });
  });

  it('has no address without Stripe', async () => {
    const address = {
      billing_name: 'Acme',
      address: '1 Street',
      city: 'Mumbai',
      state: 'Maharashtra',
      postal_code: '400001',
      country: 'India',
      gstin: 'Not Applicable',
    };
    const refused = await pressErrorOf(updateBillingInformation(account.press, address));
    expect(refused).toMatchObject({ code: 'REFUSED' });
  });
});

describe('a site that goes to another team, against the simulator', () => {
  const request = { site: SITE, team_mail_id: RECEIVER, reason: 'sold' };

  beforeEach(order);

  it('goes when a person follows the link', async () => {
    const { press } = account;
    await sendChangeTeamRequest(press, request);
    expect(await getSite(press, { site: SITE })).toMatchObject({ found: 'own' });
    expect(sim.confirmTransfer(SITE)).toBe(sim.accounts.other.team);
    expect(await getSite(press, { site: SITE })).toEqual({ found: 'foreign' });
    expect(await getSite(receiver().press, { site: SITE })).toMatchObject({ found: 'own' });
    const again = await pressErrorOf(sendChangeTeamRequest(press, request));
    expect(again).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('goes with either of two keys, and with one of them only', async () => {
    const { press } = account;
    await sendChangeTeamRequest(press, request);
    await sendChangeTeamRequest(press, request);
    const [first, second] = sim.estate().transfers.map(({ key }) => ({ key }));
    if (!first || !second) throw new Error('two requests make two keys');
    const theirs = receiver().press;
    const stranger = await pressErrorOf(confirmSiteTransfer(press, first));
    expect(stranger).toMatchObject({ code: 'FORBIDDEN', sent: 'yes' });
    const unknown = await pressErrorOf(confirmSiteTransfer(theirs, { key: 'nosuchkey' }));
    expect(unknown).toMatchObject({ code: 'FORBIDDEN' });

    await confirmSiteTransfer(theirs, second);
    expect(await getSite(theirs, { site: SITE })).toMatchObject({ found: 'own' });
    for (const key of [first, second]) {
      const late = await pressErrorOf(confirmSiteTransfer(theirs, key));
      expect(late).toMatchObject({ code: 'REFUSED' });
    }
    expect(JSON.stringify(sim.calls())).not.toContain(first.key);
  });

  it.each([
    ['nobody@x.example', /No Active Team/],
    ['ops@main.example', /already owned/],
  ])('is not offered to %s', async (mail, text) => {
    const offered = sendChangeTeamRequest(account.press, { ...request, team_mail_id: mail });
    const refused = await pressErrorOf(offered);
    expect(refused).toMatchObject({ code: 'REFUSED' });
    expect(refused.message).toMatch(text);
  });

  it('takes its bill with it', async () => {
    await sendChangeTeamRequest(account.press, request);
    sim.confirmTransfer(SITE);
    expect((await currentTeam(account.press)).total_subscribed_amount).toBe(0);
    expect((await currentTeam(receiver().press)).total_subscribed_amount).toBe(2050);
  });
});

describe('tools of the dashboard, against the simulator', () => {
  beforeEach(order);
  const site = SITE;

  it('look into a database', async () => {
    const { press } = account;
    expect(await databaseSchema(press, { site })).toEqual({ loading: false, data: [] });
    expect(await databaseProcesses(press, { site })).toEqual([]);
    expect(await suggestedIndexes(press, { site })).toMatchObject({ loading: false });
    expect(await databasePerformance(press, { site })).toMatchObject({ slow_queries: [] });
    expect(await queryDatabase(press, { site, query: 'SELECT 1;' })).toEqual([]);
    const killed = await pressErrorOf(killDatabaseProcess(press, { site, id: '1' }));
    expect(killed).toMatchObject({ code: 'SERVER_ERROR' });
  });

  it.each([
    'delete from tabUser',
    'select 1; drop table tabUser',
    "select 1 into outfile '/x'",
    'select name from tabUser for update',
    '',
  ])('never send %j', async (query) => {
    const calls = sim.calls().length;
    const refused = await pressErrorOf(queryDatabase(account.press, { site, query }));
    expect(refused).toMatchObject({ code: 'REFUSED', sent: 'no' });
    expect(sim.calls()).toHaveLength(calls);
  });

  it('begin jobs on it', async () => {
    const { press } = account;
    const jobs = [
      await optimizeTables(press, { site }),
      await addDatabaseIndex(press, { site, table: 'tabUser', column: 'email' }),
    ];
    sim.clock.advance(HOUR_MS);
    const done = sim.estate().jobs.filter(({ name }) => jobs.includes(name));
    expect(done.map(({ status }) => status)).toEqual(['Success', 'Success']);
  });

  it('keep whom Press tells about a site', async () => {
    const { press } = account;
    expect(await siteContacts(press, { site })).toEqual([]);
    const contacts = [{ channel: 'Email', type: 'General', value: 'ops@acme.example' }];
    await setSiteContacts(press, { site, contacts });
    expect(await siteContacts(press, { site })).toEqual(contacts);
  });

  it('know of other products', async () => {
    const { press } = account;
    const free = (subdomain: string) => isTrialSubdomainFree(press, { subdomain, app: 'erpnext' });
    expect([await free('brand-new'), await free('acme-shop'), await free('abcd')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await selfHostedOptions(press)).toEqual({ plans: [], sshKey: null });
    expect(await selfHostedDnsPointsTo(press, { domain: 'x.example', ip: '10.0.0.1' })).toBe(false);
  });
});
