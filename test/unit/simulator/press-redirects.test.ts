import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, MINUTE, type Press, startPress } from './support/press-client.js';
import { recorded, shapeDifferences } from './support/recordings.js';

const DOMAIN = 'shop.customer.example';
const SETUP = 'Setup Redirects on Hosts';
const REMOVE = 'Remove Redirects on Hosts';
const CONFIG = 'Update Site Configuration';

let press: Press;
let name: string;

beforeEach(async () => {
  press = await startPress();
  name = await press.activeSite('acme-one');
  press.sim.setDns(DOMAIN, { CNAME: [name] });
  await press.call('press.api.site.add_domain', { name, domain: DOMAIN });
  press.sim.clock.advance(10 * MINUTE);
});

afterEach(() => press.sim.close());

const jobs = (...types: readonly string[]) =>
  press.sim
    .estate()
    .jobs.filter(({ jobType }) => types.includes(jobType))
    .map(({ jobType, status }) => `${jobType}: ${status}`);

const redirects = () =>
  press.sim.estate().domains.find(({ domain }) => domain === DOMAIN)?.redirects;

/** What came of it, and what was measured. */
async function both(file: string, domain: string) {
  const theirs = recorded(file);
  const method = theirs.request.path.replace('/api/method/', '');
  const ours = await press.call(method, { name, domain });
  return {
    ours: [ours.status, ours.body.exc_type, shapeDifferences(theirs.response.body, ours.body)],
    theirs: [theirs.response.status, theirs.response.body.exc_type, []],
    says: messageOf(ours.body),
  };
}

describe('redirects', () => {
  it('come by a job, only when the flag changes (C 5.12)', async () => {
    const set = await both('r2-domain-set-redirect', DOMAIN);
    expect(set.ours).toEqual(set.theirs);
    const again = await both('r2-domain-set-redirect-again', DOMAIN);
    expect(again.ours).toEqual(again.theirs);
    press.sim.clock.advance(MINUTE);
    expect(redirects()).toBe(true);
    expect(jobs(SETUP, REMOVE)).toEqual([`${SETUP}: Success`]);
    const unset = await both('r2-domain-unset-redirect', DOMAIN);
    expect(unset.ours).toEqual(unset.theirs);
    const twice = await both('r2-domain-unset-redirect-again', DOMAIN);
    expect(twice.ours).toEqual(twice.theirs);
    press.sim.clock.advance(MINUTE);
    expect(redirects()).toBe(false);
    expect(jobs(SETUP, REMOVE)).toEqual([`${SETUP}: Success`, `${REMOVE}: Success`]);
  });

  it('stay at Press when the job fails, and are not repeated', async () => {
    press.sim.addFault({ job: { jobType: SETUP }, fault: { kind: 'fail_step', step: 0 } });
    for (let times = 0; times < 2; times += 1) {
      await press.ask('press.api.site.set_redirect', { name, domain: DOMAIN });
      press.sim.clock.advance(MINUTE);
    }
    expect(redirects()).toBe(true);
    expect(jobs(SETUP)).toEqual([`${SETUP}: Failure`]);
  });

  it('are set even on the primary domain, but on none of others (observed-2 6.11)', async () => {
    const primary = await both('r2-domain-set-redirect-primary', name);
    expect(primary.ours).toEqual(primary.theirs);
    const unknown = await both('r2-domain-set-redirect-unknown', 'nosuch.customer.example');
    expect(unknown.ours.slice(0, 2)).toEqual(unknown.theirs.slice(0, 2));
    expect(unknown.says).toMatch(/nosuch.customer.example for site .* does not exist/);
  });

  it('of a new primary domain go: it tells server and proxy (C 5.11)', async () => {
    await press.rdm(name, 'set_redirect', { domain: DOMAIN });
    press.sim.clock.advance(MINUTE);
    const before = jobs(CONFIG, SETUP).length;
    await press.ask('press.api.site.set_host_name', { name, domain: DOMAIN });
    await press.ask('press.api.site.set_host_name', { name, domain: DOMAIN });
    press.sim.clock.advance(MINUTE);
    expect(redirects()).toBe(false);
    expect(jobs(CONFIG, SETUP).slice(before).sort()).toEqual([
      `${SETUP}: Success`,
      `${CONFIG}: Success`,
    ]);
  });
});

describe('a key that is taken out', () => {
  const remove = async (key: string) => (await press.rdm(name, 'delete_config', { key })).body;

  it('is answered with the job that carries the configuration in clear (C 5.3)', async () => {
    await press.rdm(name, 'update_config', { config: { lab_key: 'x' } });
    const [first, second] = [await remove('lab_key'), await remove('lab_key')];
    for (const [file, ours] of [
      ['r2-site-delete-config', first],
      ['r2-site-delete-config-again', second],
    ] as const) {
      const theirs = recorded(file).response.body.message;
      expect(shapeDifferences(theirs, ours.message)).toEqual([]);
    }
    const data = ({ message }: Record<string, unknown>) =>
      JSON.parse((message as { request_data: string }).request_data) as { remove: string[] };
    expect([data(first).remove, data(second).remove]).toEqual([['lab_key'], []]);
  });

  it('is left alone when nobody may touch it', async () => {
    const { message, docs } = await remove('db_name');
    expect(message).toBeUndefined();
    expect(docs).toBeDefined();
  });
});
