import { describe, expect, it } from 'vitest';
import { messageOf, MINUTE, type Press } from './support/press-client.js';
import { ordered, orderSite, orderStatus, startQuickBuilds } from './support/orders.js';
import { recorded } from './support/recordings.js';

const SERVER = 'f9-mumbai.frappe.cloud';
const ON_SERVER = { server: SERVER, plan: 'USD 25' };

const siteNamed = (press: Press, name: string) =>
  press.sim.estate().sites.find((site) => site.name === `${name}.frappe.cloud`);

async function withBenchOnServer() {
  const press = await startQuickBuilds();
  const made = await ordered(press, 'acme-one', ON_SERVER);
  press.sim.clock.advance(20 * MINUTE);
  return { ...press, press, ...made };
}

describe('a site on a dedicated server', () => {
  it('is ordered with a bench when none fits (path D2); the plan is replaced', async () => {
    await using made = await withBenchOnServer();
    expect(orderStatus(made.press, made.order)).toBe('Site Created');
    expect(siteNamed(made.press, 'acme-one')).toMatchObject({
      status: 'Active',
      plan: 'Unlimited',
      bench: `${made.group}-000001-f9-mumbai`,
    });
    const document = { doctype: 'Site', name: 'acme-one.frappe.cloud' };
    expect(await made.ask('press.api.client.get', document)).toMatchObject({
      is_dedicated_server: true,
      server_team: 'main00team',
    });
    const options = await made.ask<Record<string, unknown>>('press.api.site.options_for_new');
    expect(options.dedicated_server_config).toMatchObject({
      case: 'user_choice_single',
      dedicated_servers: [{ name: SERVER, cluster: 'Mumbai' }],
    });
  });

  it('goes to the bench that is there when version and apps fit (path D1)', async () => {
    await using made = await withBenchOnServer();
    const reply = await orderSite(made.press, 'acme-two', { ...ON_SERVER, apps: ['frappe'] });
    expect(reply.body.message).toMatchObject({ site: 'acme-two.frappe.cloud' });
    made.sim.clock.advance(10 * MINUTE);
    expect(siteNamed(made.press, 'acme-two')).toMatchObject({
      status: 'Active',
      group: made.group,
      plan: 'Unlimited',
    });
    const other = await orderSite(made.press, 'acme-three', {
      ...ON_SERVER,
      version: 'Version 16',
    });
    expect(other.body.message).toHaveProperty('site_group_deploy');
    const more = await orderSite(made.press, 'acme-four', {
      ...ON_SERVER,
      apps: ['frappe', 'lms'],
    });
    expect(more.body.message).toHaveProperty('site_group_deploy');
  });

  it.each<[string, object, number, string]>([
    ['unknown server', { server: 'f7.frappe.cloud' }, 417, 'Server f7.frappe.cloud not found'],
    [
      "another team's server",
      { server: 'f1-mumbai.frappe.cloud' },
      417,
      "You don't have permission to deploy on this server",
    ],
    ['cluster missing', { cluster: null }, 417, 'No active bench available for group bench-0005'],
    ['bad subdomain, at once', { name: 'abc' }, 417, 'Subdomain too short'],
    ['unknown plan', { plan: 'nope' }, 500, ''],
    ['app plans', { selected_app_plans: { crm: 'x' } }, 500, ''],
    ['unknown domain', { domain: 'nowhere.example' }, 417, 'does not have a root domain'],
  ])('%s is refused', async (_name, extra, status, text) => {
    await using made = await withBenchOnServer();
    const reply = await orderSite(made.press, 'acme-two', { ...ON_SERVER, ...extra });
    expect(reply.status).toBe(status);
    expect(messageOf(reply.body)).toContain(text);
  });
});

describe('plans that do not fit the server are replaced (A 3.2)', () => {
  it('a dedicated one on a shared server by the cheapest with a private bench', async () => {
    await using press = await startQuickBuilds();
    const doc = {
      doctype: 'Site',
      subdomain: 'acme-one',
      apps: [{ app: 'frappe' }],
      cluster: 'Mumbai',
      group: 'bench-0004',
      subscription_plan: 'Unlimited',
    };
    expect((await press.call('press.api.client.insert', { doc })).status).toBe(200);
    expect(siteNamed(press, 'acme-one')?.plan).toBe('USD 200 Private');
  });
});

describe('refusals of an order at the call (A 3.2)', () => {
  it.each<[string, object, string, string]>([
    ['sgd-err-app-unknown', { apps: ['frappe', 'nosuchapp'] }, 'sgdc-noapp', 'ValidationError'],
    ['sgd-err-subdomain-not-checked', { cluster: 'Nowhere' }, 'B_d', 'LinkValidationError'],
  ])('%s', async (file, extra, name, excType) => {
    await using press = await startQuickBuilds();
    const reply = await orderSite(press, name, extra);
    const theirs = recorded(file).response;
    expect([reply.status, reply.body.exc_type]).toEqual([theirs.status, excType]);
    expect(reply.body.exception).toBe(theirs.body.exception);
    expect(messageOf(reply.body)).toBe(messageOf(theirs.body));
    expect(press.sim.effects()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['no server there', { cluster: 'Singapore' }, 'There are no available servers'],
    ['no server of the provider', { provider: 'OCI' }, 'There are no available servers'],
    ['provider unknown', { provider: 'Nobody' }, 'Could not find Provider: Nobody'],
    ['version unknown', { version: 'Version 9' }, 'Source not found for app frappe'],
    ['frappe not first', { apps: ['erpnext', 'frappe'] }, 'First app must be Frappe'],
    ['app twice', { apps: ['frappe', 'erpnext', 'erpnext'] }, 'can be added only once'],
  ])('%s', async (_name, extra, text) => {
    await using press = await startQuickBuilds();
    const reply = await orderSite(press, 'acme-one', extra);
    expect([reply.status, messageOf(reply.body)]).toEqual([417, expect.stringContaining(text)]);
  });

  it('the name of a site, and a team that cannot pay', async () => {
    await using press = await startQuickBuilds();
    await press.newSite('acme-one');
    const taken = await orderSite(press, 'acme-one');
    expect(messageOf(taken.body)).toBe('Site with subdomain acme-one already exists');
    const site = {
      plan: 'USD 200 Private',
      version: 'Version 15',
      apps: ['frappe'],
      name: 'acme2',
    };
    const unpaid = await press.call('press.api.site.new', { site }, { as: 'nopay' });
    expect(messageOf(unpaid.body)).toContain('valid payment method');
  });

  it('what is ignored or may be missing: provider, domain, group, app plans', async () => {
    await using press = await startQuickBuilds();
    const theirs = recorded('sgd-err-provider-missing').response;
    const ignored = { domain: 'nowhere.example', group: 'none', selected_app_plans: { crm: 'x' } };
    const reply = await orderSite(press, 'acme-one', { provider: undefined, ...ignored });
    expect(reply.status).toBe(theirs.status);
    expect(Object.keys(reply.body.message as object)).toEqual(
      Object.keys(theirs.body.message as object),
    );
  });
});
