import { describe, expect, it } from 'vitest';
import { installedApps } from '../../../src/frappe-cloud/endpoints/apps.js';
import {
  CONFIG_MASK,
  mergeConfig,
  siteConfig,
  updateConfig,
} from '../../../src/frappe-cloud/endpoints/config.js';
import { checkDns, domainExists } from '../../../src/frappe-cloud/endpoints/domains.js';
import { failureReason, listSiteJobs } from '../../../src/frappe-cloud/endpoints/jobs.js';
import {
  archiveSite,
  getSite,
  insertSite,
  listSites,
  SITE_STATUSES,
} from '../../../src/frappe-cloud/endpoints/sites.js';
import { pressErrorOf } from './support/failing.js';
import { pressThat, recordedBody, says } from './support/press-that.js';

const SITE = { site: 'acme.frappe.cloud' };

describe('whose site it is', () => {
  it('own: with the true status and only the fields we use', async () => {
    const { press } = await pressThat(() => ({ body: recordedBody('client-get-site-active') }));
    const answer = await getSite(press, SITE);
    expect(answer).toMatchObject({
      found: 'own',
      site: { status: 'Active', group: 'bench-0001', plan: 'USD 25', archive_failed: false },
    });
    expect(answer).not.toHaveProperty('site.actions');
  });

  it('foreign: 403 of the ownership check', async () => {
    const { press } = await pressThat(() => ({
      status: 403,
      body: says('PermissionError', 'Not permitted'),
    }));
    expect(await getSite(press, SITE)).toEqual({ found: 'foreign' });
    expect(await listSiteJobs(press, SITE)).toEqual({ found: 'foreign' });
  });

  it('a missing role is no statement about the owner', async () => {
    const text = 'You do not have permission to access this Site.';
    const { press } = await pressThat(() => ({ status: 403, body: says('PermissionError', text) }));
    expect(await pressErrorOf(getSite(press, SITE))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it("none: 404; a custom domain tells its site's page", async () => {
    const missing = says('DoesNotExistError', 'Site x not found');
    const redirect = { ...missing, message: { redirect: '/dashboard/sites/acme.frappe.cloud' } };
    const { press } = await pressThat((_method, { name }) => ({
      status: 404,
      body: name === 'shop.example' ? redirect : missing,
    }));
    expect(await getSite(press, SITE)).toEqual({ found: 'none', redirectsTo: null });
    expect(await getSite(press, { site: 'shop.example' })).toEqual({
      found: 'none',
      redirectsTo: '/dashboard/sites/acme.frappe.cloud',
    });
  });

  it("a proxy's 404 is not a missing site", async () => {
    const { press } = await pressThat(() => ({ status: 404, body: { error: 'no route' } }));
    expect(await pressErrorOf(getSite(press, SITE))).toMatchObject({ code: 'BAD_ANSWER' });
  });
});

describe('what is sent', () => {
  it('lists of sites always name the statuses', async () => {
    const { press, sent } = await pressThat(() => ({ body: { message: [] } }));
    await listSites(press, { names: ['a.x', 'b.x'] });
    expect(sent[0]).toMatchObject({
      doctype: 'Site',
      filters: { name: ['in', ['a.x', 'b.x']], status: ['in', SITE_STATUSES] },
      limit: 2,
    });
    expect(sent[0]?.fields).toContain('creation_failed');
  });

  it('inserted sites carry their apps as rows', async () => {
    const { press, sent } = await pressThat(() => ({ body: recordedBody('client-insert-site') }));
    const site = await insertSite(press, {
      subdomain: 'acme',
      domain: 'frappe.cloud',
      apps: ['frappe', 'crm'],
      cluster: 'Mumbai',
      group: 'bench-0003',
      subscription_plan: 'USD 25',
    });
    expect(sent[0]).toMatchObject({
      doc: { doctype: 'Site', apps: [{ app: 'frappe' }, { app: 'crm' }] },
    });
    expect(site.status).toBe('Pending');
  });

  it('archive gives its reason', async () => {
    const { press, sent } = await pressThat(() => ({ body: { docs: [] } }));
    await archiveSite(press, {
      ...SITE,
      reason: 'op-1',
      force: true,
      create_offsite_backup: false,
    });
    expect(sent).toEqual([
      {
        dt: 'Site',
        dn: 'acme.frappe.cloud',
        method: 'archive',
        args: { reason: 'op-1', force: true, create_offsite_backup: false },
      },
    ]);
  });
});

describe('apps of a site', () => {
  const noColumn = { exc_type: 'OperationalError', exception: 'x.OperationalError: no column' };

  it.each([
    ['the site document', { apps: [{ app: 'frappe' }, { app: 'crm' }] }, ['frappe', 'crm']],
    [
      'the waiting update',
      { update_information: { installed_apps: [{ app: 'frappe' }] } },
      ['frappe'],
    ],
    ['nobody', {}, null],
  ])('with a paid app are known by %s', async (_who, message, expected) => {
    const { press } = await pressThat((method) =>
      method.endsWith('installed_apps') ? { status: 500, body: noColumn } : { body: { message } },
    );
    expect(await installedApps(press, SITE)).toEqual(expected);
  });

  it('have no fallback for other errors', async () => {
    const { press } = await pressThat(() => ({ status: 500, body: { exc_type: 'KeyError' } }));
    expect(await pressErrorOf(installedApps(press, SITE))).toMatchObject({ code: 'SERVER_ERROR' });
  });
});

describe('configuration', () => {
  it('is read with every secret masked', async () => {
    const { press } = await pressThat(() => ({
      body: {
        message: [
          { key: 'max_file_size', value: '10', type: 'Number' },
          { key: 'encryption_key', value: 'in-clear', type: 'String' },
          { key: 'pass_phrase_free_name', value: 'x', type: 'Password' },
        ],
      },
    }));
    expect(await siteConfig(press, SITE)).toEqual([
      { key: 'max_file_size', value: '10', type: 'Number' },
      { key: 'encryption_key', value: CONFIG_MASK, type: 'String' },
      { key: 'pass_phrase_free_name', value: CONFIG_MASK, type: 'Password' },
    ]);
  });

  it('a mask is never written as a value', async () => {
    const { press, sent } = await pressThat(() => ({ body: { message: [] } }));
    const config = [{ key: 'encryption_key', value: CONFIG_MASK, type: 'String' as const }];
    await expect(updateConfig(press, { ...SITE, config })).rejects.toThrow(RangeError);
    expect(sent).toEqual([]);
  });

  it('is merged by the document method', async () => {
    const { press, sent } = await pressThat(() => ({ body: {} }));
    await mergeConfig(press, { ...SITE, config: { a: 1 } });
    expect(sent[0]).toMatchObject({ method: 'update_config', args: { config: { a: 1 } } });
  });
});

describe('custom domains', () => {
  const check = { ...SITE, domain: 'shop.example' };

  it('are ready only when the A record matches, whatever "valid" says', async () => {
    const { press } = await pressThat(() => ({
      body: { message: { matched: false, valid: true, answer: 'no answer' } },
    }));
    expect(await checkDns(press, check)).toEqual({ ready: false, reason: 'no answer' });
  });

  it('are not ready when Press refuses for DNS', async () => {
    const text = 'Domain shop.example appears to be <b>proxied</b>';
    const { press } = await pressThat(() => ({ status: 417, body: says('DomainProxied', text) }));
    expect(await checkDns(press, check)).toEqual({
      ready: false,
      reason: 'Domain shop.example appears to be proxied',
    });
  });

  it('that are reserved stay an error', async () => {
    const text = 'Cannot add frappe.cloud domain as it is a system reserved domain.';
    const { press } = await pressThat(() => ({ status: 417, body: says('ValidationError', text) }));
    expect(await pressErrorOf(checkDns(press, check))).toMatchObject({ code: 'REFUSED' });
  });

  it('nobody has are null, although Press then sends no message at all', async () => {
    const { press } = await pressThat(() => ({ body: {} }));
    expect(await domainExists(press, { domain: 'shop.example' })).toBeNull();
  });
});

describe('why a job failed', () => {
  const step = (step_name: string, status: string, output: string | null) => ({
    step_name,
    status,
    output,
  });
  const job = (steps: object[]) => ({
    name: 'j1',
    job_type: 'New Site',
    status: 'Failure',
    creation: '2026-11-20 14:00:00',
    start: null,
    end: null,
    steps,
  });

  async function reasonWith(given: { notification?: string; steps?: object[]; output?: string }) {
    const { press } = await pressThat((method, { doctype }) => {
      if (method.endsWith('site.job')) return { body: { message: job(given.steps ?? []) } };
      const row =
        doctype === 'Press Notification'
          ? given.notification && { message: given.notification }
          : { output: given.output ?? null };
      return { body: { message: row ? [row] : [] } };
    });
    return failureReason(press, { ...SITE, job: 'j1' });
  }

  const steps = [
    step('New Site', 'Success', 'fine'),
    step('Install Apps', 'Failure', 'pip <b>no</b>'),
  ];

  it('is told by the notification, then by the failed step', async () => {
    expect(
      await reasonWith({ notification: '<p>Disk &amp; more</p>', steps, output: 'x' }),
    ).toEqual({
      text: 'Disk & more\npip no',
      step: 'Install Apps',
    });
  });

  it('else by the first failed step', async () => {
    expect(await reasonWith({ steps, output: 'x' })).toEqual({
      text: 'pip no',
      step: 'Install Apps',
    });
  });

  it('else by the job itself, keeping the end of a long output', async () => {
    const reason = await reasonWith({ output: `${'x'.repeat(5000)}\nAgent said no` });
    expect(reason?.text).toMatch(/\nAgent said no$/);
    expect(reason?.text).toHaveLength(2048);
    expect(reason?.step).toBeNull();
  });

  it('or by nobody', async () => {
    expect(await reasonWith({})).toBeNull();
  });
});
