import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Finished, run, startSitewright } from '../cli/support.js';
import { type GatewayUnderTest, publicGroup, startGatewayUnderTest, TOKEN } from './support.js';

describe('the commands that read the estate', () => {
  let gateway: GatewayUnderTest;
  const site = 'shop-01.frappe.cloud';

  const here = (change: Record<string, string> = {}) => ({
    SITEWRIGHT_DATA_DIR: '/nonexistent/sitewright',
    SITEWRIGHT_GATEWAY_URL: gateway.url,
    SITEWRIGHT_GATEWAY_TOKEN: TOKEN,
    ...change,
  });
  const sitewright = (...args: readonly string[]): Promise<Finished> => run(args, here());

  beforeAll(async () => {
    gateway = await startGatewayUnderTest();
    const { simulator } = gateway;
    const group = publicGroup(simulator);
    simulator.addSites({ count: 12, prefix: 'shop', group, plan: 'USD 25' });
    simulator.addSites({ count: 1, prefix: 'large', group, plan: 'USD 50' });
    simulator.backUp(site, { offsite: true });
  });
  afterAll(() => gateway.close());

  it('list sites as a table and as a document per line', async () => {
    const table = await sitewright('sites');
    expect(table).toMatchObject({ code: 0, stderr: '' });
    const lines = table.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^site +status +version +plan +bench group +cluster +age$/);
    expect(lines).toHaveLength(1 + 13 + 1);
    expect(lines.at(-1)).toBe('  13 sites; one of them: npx sitewright site <name>');
    for (const option of ['--json', '--ndjson']) {
      const { stdout } = await sitewright('sites', '--plan', 'USD 50', option);
      const documents = stdout.trimEnd().split('\n');
      expect(documents.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual([
        'large-1.frappe.cloud',
      ]);
    }
  });

  it('say what to do where there is nothing', async () => {
    const none = await sitewright('sites', '--search', 'nothing');
    expect(none).toMatchObject({
      code: 0,
      stdout: 'No site matches. All of them: npx sitewright sites\n',
    });
    const empty = await sitewright('sites', '--account', 'other');
    expect(empty.stdout).toContain('npx sitewright provision --help');
    const backups = await sitewright('backups', 'large-1.frappe.cloud');
    expect(backups.stdout).toContain('npx sitewright backup large-1.frappe.cloud');
    const jobs = await sitewright('jobs', 'large-1.frappe.cloud');
    expect(jobs).toMatchObject({ code: 0, stdout: 'No jobs of large-1.frappe.cloud.\n' });
  });

  it('show a site, its jobs, a job and its backups', async () => {
    const shown = await sitewright('site', site);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    for (const part of ['Active', 'Version 15', 'USD 25', 'erpnext', 'offsite', 'Mumbai']) {
      expect(shown.stdout).toContain(part);
    }
    const view = JSON.parse((await sitewright('site', site, '--json')).stdout) as object;
    expect(view).toMatchObject({ name: site, missing: [] });

    const backups = await sitewright('backups', site);
    expect(backups.stdout).toMatch(/with files +offsite/);
    const listed = await vi.waitFor(async () => {
      const { stdout } = await sitewright('jobs', site, '--json');
      const { jobs } = JSON.parse(stdout) as { jobs: { name: string; status: string }[] };
      return jobs.find(({ status }) => status === 'Success') ?? expect.fail('not yet');
    }, 30_000);
    const job = await sitewright('job', listed.name);
    expect(job).toMatchObject({ code: 0, stderr: '' });
    expect(job.stdout).toMatch(/^Backup Site {3}Success/);
  });

  it('show bills, plans and the account', async () => {
    expect((await sitewright('billing')).stdout).toMatch(/forecast +[\d,.]+ INR/);
    expect((await sitewright('plans')).stdout).toMatch(/^USD 25 +\$25 +25 USD/m);
    const ofApp = await sitewright('plans', '--app', 'insights');
    expect(ofApp.stdout).toMatch(/^MARKETPLACE-PLAN-insights-003 +Insights Pro +20 USD$/m);
    const account = await sitewright('account');
    expect(account.stdout).toContain(gateway.simulator.accounts.main.user);
    expect(account.stdout).toMatch(/active sites +13/);
  });

  it.each([
    [['site', 'nobody.frappe.cloud'], {}, 66, 'has no site nobody.frappe.cloud'],
    [['jobs', 'nobody.frappe.cloud'], {}, 66, 'has no site nobody.frappe.cloud'],
    [['backups', 'nobody.frappe.cloud'], {}, 66, 'has no site nobody.frappe.cloud'],
    [['sites', '--account', 'nobody'], {}, 66, 'configured: main'],
    [['sites'], { SITEWRIGHT_GATEWAY_TOKEN: 'x'.repeat(30) }, 64, 'SITEWRIGHT_GATEWAY_TOKEN'],
    [['sites'], { SITEWRIGHT_GATEWAY_URL: 'http://127.0.0.1:1' }, 69, 'npm start'],
    [['sites'], { SITEWRIGHT_GATEWAY_URL: '' }, 69, 'SITEWRIGHT_GATEWAY_URL'],
    [['sites'], { SITEWRIGHT_GATEWAY_TOKEN: '' }, 64, 'SITEWRIGHT_GATEWAY_TOKEN_FILE'],
    [['sites', '--account', 'away'], {}, 69, 'Frappe Cloud does not answer'],
    [['sites', '--status', 'Fine'], {}, 64, 'Suspended'],
  ] as const)('say what to do: %j %j', async (args, change, code, words) => {
    const ended = await run(args, here(change));
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toContain(words);
    expect(ended.stderr.split('\n').length).toBeLessThan(7);
    const json = await run([...args, '--json'], here(change));
    expect(json.code).toBe(code);
    expect(JSON.parse(json.stdout)).toHaveProperty('error.message');
  });

  it('have help with examples', async () => {
    const commands = ['sites', 'site', 'jobs', 'job', 'backups', 'billing', 'plans', 'account'];
    for (const command of commands) {
      const { code, stdout } = await sitewright(command, '--help');
      expect(code).toBe(0);
      expect(stdout).toContain(`$ npx sitewright ${command}`);
    }
  });

  it('end quietly when the reader of the list has seen enough', async () => {
    const child = startSitewright(['sites', '--json'], here());
    child.stdout.once('data', () => child.stdout.destroy());
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await once(child, 'close');
    expect(stderr).toBe('');
  });

  it('end quietly with Ctrl-C, and say that a cut-off list is none', async () => {
    const hanging = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
    });
    const child = startSitewright(['sites'], here({ SITEWRIGHT_GATEWAY_URL: await open(hanging) }));
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await once(hanging, 'request');
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, said }).toEqual({ code: 130, said: '' });

    const cutting = createServer((_, response) => void response.writeHead(200).end());
    const cut = await run(['sites'], here({ SITEWRIGHT_GATEWAY_URL: await open(cutting) }));
    expect(cut.code).toBe(69);
    expect(cut.stderr).toContain('cut off');
  });
});

/** Starts a server that ends with the test. @returns its origin. */
async function open(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
