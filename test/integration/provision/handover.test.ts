import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  SecretAlreadyClaimed,
  SecretExpired,
  SecretUnknown,
  type OperationResult,
} from '../../../src/client.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { visit } from '../../support/visit.js';
import { startWorkerProcess, type WorkerProcess } from '../../support/worker-process.js';
import { aName, effectsOn, endOf, fullName, provision, untilCalled } from './support.js';

const PASSWORD_PATH = '/api/resource/User/Administrator';
const LOGIN = 'press.api.site.login';
const by = { by: 'kim' };

const passwordOf = ({ details }: OperationResult) => details['secret.administrator_password'] ?? '';
const linkOf = ({ details }: OperationResult) => details['secret.login_link'] ?? '';

/** Visits a site as a browser does; answers the status. */
async function opens({ simulator }: Harness, link: string): Promise<number> {
  const { host, pathname, search } = new URL(link);
  return (await visit(simulator.url + pathname + search, host)).status;
}

/** Logs in on the site itself; answers the status. */
async function logIn({ simulator }: Harness, site: string, pwd: string): Promise<number> {
  const body = { usr: 'Administrator', pwd };
  const url = `${simulator.url}/api/method/login`;
  return (await visit(url, site, { method: 'POST', body })).status;
}

describe('secrets of a new site', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.simulator.clearFaults());
  afterAll(() => harness.close());

  it('are handed over, each to one who claims it', async () => {
    const { client, ledger } = harness;
    const result = await provision(
      harness,
      { handOver: ['login_link', 'administrator_password'] },
      'succeeded',
    );
    const { site, operationId } = result;
    expect(effectsOn(harness, site)).toEqual([
      'site.create',
      'site.login',
      'site.password',
      'site.login',
    ]);
    expect(linkOf(result)).toMatch(/^[0-9a-f]{32}$/);
    const waiting = await ledger.unclaimedHandovers();
    expect(waiting.filter((secret) => secret.operationId === operationId)).toHaveLength(2);

    const link = await client.claimSecret(linkOf(result), by);
    expect(link).toMatchObject({ label: 'login link', operationId });
    expect(link.value).toMatch(new RegExp(`^https://${site}/app\\?sid=[0-9a-v]{56}$`));
    // The password was set before: it has ended every session but that of the link.
    expect(await opens(harness, link.value)).toBe(200);
    expect(await opens(harness, link.value.replace(/.{4}$/, '0000'))).toBe(301);

    const password = await client.claimSecret(passwordOf(result), by);
    expect(password.value).toMatch(/^[A-Za-z2-9]{24}$/);
    expect(await logIn(harness, site, password.value)).toBe(200);
    expect(await logIn(harness, site, 'something-else')).toBe(401);

    await expect(client.claimSecret(linkOf(result), { by: 'max' })).rejects.toThrow(
      SecretAlreadyClaimed,
    );
    const events = await ledger.events(operationId);
    expect(events.filter(({ type }) => type.startsWith('secret.')).map(({ data }) => data)).toEqual(
      [
        { label: 'administrator password', expiresAt: waitingUntil('administrator password') },
        { label: 'login link', expiresAt: waitingUntil('login link') },
        { label: 'login link', by: 'kim', status: 'claimed' },
        { label: 'administrator password', by: 'kim', status: 'claimed' },
        { label: 'login link', by: 'max', status: 'already_claimed' },
      ],
    );
    expect(await ledger.verify(operationId)).toEqual([]);

    function waitingUntil(label: string): string | undefined {
      const of = (secret: (typeof waiting)[number]) => secret.operationId === operationId;
      return waiting.find((secret) => of(secret) && secret.label === label)?.expiresAt;
    }
  });

  it('go to one of two who claim at once', async () => {
    const result = await provision(harness, { handOver: ['login_link'] }, 'succeeded');
    const claims = await Promise.allSettled(
      ['kim', 'max'].map((each) => harness.client.claimSecret(linkOf(result), { by: each })),
    );
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = claims.find((claim) => claim.status === 'rejected');
    expect(lost?.reason).toBeInstanceOf(SecretAlreadyClaimed);
  });

  it('are planned, and made only for those who ask', async () => {
    const { client } = harness;
    const plan = await client.plan('provision', harness.input({ handOver: ['login_link'] }));
    expect(plan.steps.map(({ name }) => name)).toContain('hand over login link');
    const { details } = await provision(harness, {}, 'succeeded');
    expect(Object.keys(details).filter((name) => name.startsWith('secret'))).toEqual([]);
    await expect(client.claimSecret('no-such-handle', by)).rejects.toThrow(SecretUnknown);
  });

  it('that the site refuses are given up; the rest is handed over', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    const message = 'Invalid Password: this is a very common password';
    harness.simulator.addFault({
      call: { method: PASSWORD_PATH, body: { site } },
      fault: { kind: 'exception', excType: 'ValidationError', message, status: 417 },
    });
    const result = await provision(
      harness,
      { subdomain, handOver: ['administrator_password', 'login_link'] },
      'succeeded_with_exceptions',
    );
    expect(result.exceptions).toEqual([`hand over administrator password: ${message}`]);
    expect(Object.keys(result.details)).toContain('secret.login_link');
    expect(effectsOn(harness, site)).not.toContain('site.password');
    const labels = (await harness.ledger.unclaimedHandovers())
      .filter(({ operationId }) => operationId === result.operationId)
      .map(({ label }) => label);
    expect(labels).toEqual(['login link']);
  });

  it('that Press cannot make now are tried again', async () => {
    const subdomain = aName();
    const message = 'Server is unresponsive. Please try again in some time.';
    harness.simulator.addFault({
      call: { method: LOGIN, body: { name: fullName(harness, subdomain) } },
      fault: { kind: 'exception', excType: 'ValidationError', message, status: 417 },
      times: 2,
    });
    const result = await provision(harness, { subdomain, handOver: ['login_link'] }, 'succeeded');
    const { value } = await harness.client.claimSecret(linkOf(result), by);
    expect(await opens(harness, value)).toBe(200);
  });

  it('set twice are the same, when the first answer was lost', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault({
      call: { method: PASSWORD_PATH, body: { site } },
      fault: { kind: 'lose_answer' },
    });
    const change = { subdomain, handOver: ['administrator_password'] } as const;
    const result = await provision(harness, change, 'succeeded');
    const sets = effectsOn(harness, site).filter((effect) => effect === 'site.password');
    expect(sets).toHaveLength(2);
    const { value } = await harness.client.claimSecret(passwordOf(result), by);
    expect(await logIn(harness, site, value)).toBe(200);
  });

  it('go when the site goes', async () => {
    const { client, simulator } = harness;
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    simulator.addFault({
      call: { method: LOGIN, body: { name: site } },
      fault: { kind: 'hang' },
      nth: 2,
    });
    const { workflowId } = await client.provision(
      harness.input({ subdomain, handOver: ['administrator_password', 'login_link'] }),
    );
    await untilCalled(harness, LOGIN, site, 2);
    await client.cancel(workflowId, by);
    const { operationId } = await endOf(harness, workflowId, 'cancelled');
    const left = await harness.ledger.unclaimedHandovers();
    expect(left.filter((secret) => secret.operationId === operationId)).toEqual([]);
  });

  it('are not for keys that nothing can be sealed to', async () => {
    const result = await provision(harness, { handOver: ['login_link'] }, 'succeeded');
    const handle = linkOf(result);
    const claimWith = (receiver: unknown, workflowId: string) =>
      harness.client.temporal.workflow.execute('claimSecret', {
        workflowId,
        taskQueue: 'sitewright',
        args: [{ handle, by: 'kim', receiver }],
      });
    const noKey = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
    expect(await claimWith(noKey, 'claim-with-no-key')).toMatchObject({ status: 'refused' });
    expect(await claimWith('text', 'claim-with-text')).toMatchObject({ status: 'refused' });
    // Nothing was taken.
    expect(await harness.client.claimSecret(handle, by)).toMatchObject({ label: 'login link' });
  });
});

describe('secrets whose worker is killed', () => {
  let harness: Harness;
  let worker: WorkerProcess;
  beforeAll(async () => {
    harness = await startHarness({ startWorkers: false });
    worker = await startWorkerProcess(harness.workerEnvironment);
  });
  afterAll(async () => {
    await worker.end('SIGTERM');
    await harness.close();
  });

  it('are those that were stored before: the same password is set again', async () => {
    const { client, simulator } = harness;
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    simulator.addFault({
      call: { method: PASSWORD_PATH, body: { site } },
      fault: { kind: 'hang' },
    });
    const { workflowId } = await client.provision(
      harness.input({ subdomain, handOver: ['administrator_password', 'login_link'] }),
    );
    await untilCalled(harness, PASSWORD_PATH, site);
    await worker.end('SIGKILL');
    worker = await startWorkerProcess(harness.workerEnvironment);
    const result = await endOf(harness, workflowId, 'succeeded');
    const sets = effectsOn(harness, site).filter((effect) => effect === 'site.password');
    expect(sets).toHaveLength(2);

    const { value } = await client.claimSecret(passwordOf(result), by);
    expect(await logIn(harness, site, value)).toBe(200);
    const link = await client.claimSecret(linkOf(result), by);
    expect(await opens(harness, link.value)).toBe(200);
  });
});

describe('secrets that nobody wants', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      policy: { handover: { expiresAfterMs: 1_500 } },
      timing: { handOverDeadline: 500 },
    });
  });
  afterAll(() => harness.close());

  it('expire, and are wiped', async () => {
    const { client, ledger } = harness;
    const result = await provision(harness, { handOver: ['login_link'] }, 'succeeded');
    const handle = linkOf(result);
    await expect.poll(async () => (await ledger.getHandover(handle))?.sealed).toBeNull();
    await expect(client.claimSecret(handle, by)).rejects.toThrow(SecretExpired);
    const options = { workflowId: 'wipe', taskQueue: 'sitewright', args: [] };
    const report: unknown = await client.temporal.workflow.execute('reconcile', options);
    expect(report).toMatchObject({ expiredSecrets: 1 });
  });

  it('are given up when they take too long, and named when they may have taken effect', async () => {
    const subdomain = aName();
    const site = fullName(harness, subdomain);
    harness.simulator.addFault({
      call: { method: PASSWORD_PATH, body: { site } },
      fault: { kind: 'lose_answer' },
      times: 'always',
    });
    const change = { subdomain, handOver: ['administrator_password'] } as const;
    const { exceptions } = await provision(harness, change, 'succeeded_with_exceptions');
    expect(exceptions).toHaveLength(1);
    expect(exceptions[0]).toMatch(/may have taken effect.* waits as [0-9a-f]{32}$/);
  });
});

describe('secrets sealed to a key that was replaced', () => {
  it('cannot be claimed, and say so', async () => {
    const harness = await startHarness();
    const { ledger, client } = harness;
    const { operationId } = await provision(harness, {}, 'succeeded');
    const handle = randomBytes(16).toString('hex');
    const other = await client.seal('lost');
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const sealed = other.sealed.replace(/[^.]+$/, 'AAAAAAAAAAAAAAAAAAAAAA');
    await ledger.putHandover({ handle, operationId, label: 'login link', sealed, expiresAt });
    await expect(client.claimSecret(handle, by)).rejects.toThrow(
      'key that the workers have no more',
    );
    await harness.close();
  });
});
