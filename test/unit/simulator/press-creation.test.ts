import { describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../simulators/press/index.js';
import { messageOf, type Press, SECOND, SITE, startPress } from './support/press-client.js';
import { inOurNames, recorded } from './support/recordings.js';

interface SiteDocument {
  status: string;
  creation_failed: string | null;
}

const NAME = 'acme-one.frappe.cloud';

const siteDocument = (press: Press): Promise<SiteDocument> =>
  press.ask('press.api.client.get', { doctype: 'Site', name: NAME });

/** Statuses of the site at every poll tick, repeats left out. */
function watch(press: Press, seconds: number): string[] {
  const seen: string[] = [];
  for (let second = 0; second < seconds; second += 5) {
    const status = press.statusOf(NAME) ?? 'gone';
    if (seen.at(-1) !== status) seen.push(status);
    press.sim.clock.advance(5 * SECOND);
  }
  return seen;
}

const jobStatuses = (press: Press): Record<string, string> =>
  Object.fromEntries(press.sim.estate().jobs.map(({ jobType, status }) => [jobType, status]));

async function created(rule?: FaultRule) {
  const press = await startPress();
  if (rule !== undefined) press.sim.addFault(rule);
  const reply = await press.newSite('acme-one');
  expect(reply.status).toBe(200);
  const { job } = reply.body.message as { job: string };
  return { ...press, job };
}

describe('creation of a site', () => {
  it('comes up in two to four minutes', async () => {
    await using press = await created();
    expect(await press.ask('press.api.site.get_job_status', { job_name: press.job })).toEqual({
      status: 'Undelivered',
    });
    expect(watch(press, 240)).toEqual(['Pending', 'Installing', 'Active']);
    expect(jobStatuses(press)).toEqual({
      'New Site': 'Success',
      'Add Site to Upstream': 'Success',
    });
    expect((await siteDocument(press)).creation_failed).toBeNull();
    expect(press.sim.estate().subscriptions).toMatchObject([{ plan: 'USD 25', enabled: true }]);
  });

  it('goes back to Pending when one job ended before the other started (A 3.4)', async () => {
    await using press = await created({
      job: { jobType: 'New Site' },
      fault: { kind: 'undelivered', seconds: 60 },
    });
    expect(watch(press, 400)).toEqual(['Pending', 'Installing', 'Pending', 'Installing', 'Active']);
  });

  it('is Broken when a step fails, and tells why', async () => {
    await using press = await created({
      job: { jobType: 'New Site' },
      fault: { kind: 'fail_step', step: 'Install Apps', output: 'Could not install app erpnext' },
    });
    expect(watch(press, 300).at(-1)).toBe('Broken');
    expect((await siteDocument(press)).creation_failed).not.toBeNull();
    const { steps } = await press.ask<{ steps: { status: string; output: string | null }[] }>(
      'press.api.site.job',
      { job: press.job },
    );
    expect(steps.map(({ status }) => status)).toEqual([
      'Success',
      'Failure',
      ...Array.from({ length: 5 }, () => 'Skipped'),
    ]);
    const notes = await press.ask('press.api.client.get_list', {
      doctype: 'Press Notification',
      fields: ['title', 'traceback'],
      filters: { document_type: 'Agent Job', document_name: press.job },
    });
    expect(notes).toEqual([{ title: 'Job Failure', traceback: 'Could not install app erpnext' }]);
    expect(press.sim.estate().subscriptions[0]?.enabled).toBe(false);

    const refused = await press.rdm(NAME, 'activate');
    const theirs = recorded('broken-creation-blocked-activate').response;
    expect(refused.status).toBe(theirs.status);
    expect(messageOf(refused.body)).toBe(inOurNames(messageOf(theirs.body)));
  });

  it('is Broken although New Site succeeds, when the proxy fails', async () => {
    await using press = await created({
      job: { jobType: 'Add Site to Upstream' },
      fault: { kind: 'fail_step', step: 1 },
    });
    expect(watch(press, 300).at(-1)).toBe('Broken');
    expect(jobStatuses(press)['New Site']).toBe('Success');
  });

  it('is Broken at once when the agent refuses; every step stays Pending (observed C5)', async () => {
    await using press = await created({
      job: { jobType: 'New Site' },
      fault: { kind: 'agent_refuses' },
    });
    press.sim.clock.advance(3 * SECOND);
    const read = await press.ask<{ status: string; duration: string; steps: { status: string }[] }>(
      'press.api.site.job',
      { job: press.job },
    );
    expect(read.status).toBe('Failure');
    expect(new Set(read.steps.map(({ status }) => status))).toEqual(new Set(['Pending']));
    // Never started: the time of day of its creation, 05:30 ahead of UTC (observed C4).
    expect(read.duration).toMatch(/^5:29:59\.|^5:30:/);
    expect(press.statusOf(NAME)).toBe('Broken');
    press.sim.clock.advance(49 * 3600 * SECOND);
    expect(jobStatuses(press)['New Site']).toBe('Delivery Failure');
  });

  it('is Broken after a Delivery Failure, which lists fold into Failure', async () => {
    await using press = await created({
      job: { jobType: 'New Site' },
      fault: { kind: 'delivery_failure', afterSeconds: 30 },
    });
    press.sim.clock.advance(40 * SECOND);
    expect(press.statusOf(NAME)).toBe('Broken');
    const shown = await press.ask('press.api.client.get_list', {
      doctype: 'Agent Job',
      fields: ['status'],
      filters: { site: NAME, job_type: 'New Site' },
    });
    expect(shown).toEqual([{ status: 'Failure' }]);
    expect(await press.ask('press.api.site.get_job_status', { job_name: press.job })).toEqual({
      status: 'Delivery Failure',
    });
  });

  it('a job that hangs is ended by the sweep after two days', async () => {
    await using press = await created({
      job: { jobType: 'New Site' },
      fault: { kind: 'hang', step: 'Install Apps' },
    });
    press.sim.clock.advance(47 * 3600 * SECOND);
    expect(press.statusOf(NAME)).toBe('Installing');
    press.sim.clock.advance(2 * 3600 * SECOND);
    expect(press.statusOf(NAME)).toBe('Broken');
  });

  it('takes a slow job longer, not differently', async () => {
    await using press = await created({
      job: { jobType: 'New Site', site: NAME },
      fault: { kind: 'slow', factor: 10 },
    });
    press.sim.clock.advance(600 * SECOND);
    expect(press.statusOf(NAME)).toBe('Installing');
    press.sim.clock.advance(2400 * SECOND);
    expect(press.statusOf(NAME)).toBe('Active');
  });

  it('needs a payment method', async () => {
    await using press = await startPress();
    const reply = await press.call(
      'press.api.site.new',
      { site: { ...SITE, name: 'acme-one' } },
      { as: 'nopay' },
    );
    expect([reply.status, messageOf(reply.body)]).toEqual([
      417,
      'You cannot create a new site without setting a valid payment method.',
    ]);
  });

  it('does not check the group: foreign and of another version are fine (observed N2, N3)', async () => {
    await using press = await startPress();
    const foreign = { ...SITE, name: 'acme-two', group: 'bench-0004', version: 'Version 14' };
    const reply = await press.call('press.api.site.new', { site: foreign }, { as: 'other' });
    expect(reply.status).toBe(200);
  });

  it('checks the clusters and apps of the plan', async () => {
    await using press = await startPress();
    const plan = 'USD 10 CRM';
    const apps = await press.newSite('acme-one', { plan });
    expect(messageOf(apps.body)).toMatch(/can't deploy site with erpnext app/);
    const crm = ['frappe', 'crm'];
    const cluster = await press.newSite('acme-one', { plan, apps: crm, cluster: 'Frankfurt' });
    expect(messageOf(cluster.body)).toMatch(/can't deploy site in Frankfurt cluster/);
    expect((await press.newSite('acme-one', { plan, apps: crm })).status).toBe(200);
  });
});
