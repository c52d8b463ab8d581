import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from '../../../src/gateway/server.js';
import { createSealingKeys } from '../../../src/security/sealed.js';
import { type Harness, startHarness } from '../../support/harness.js';
import { aDomain, siteIn, urlOf } from '../maplepress/support.js';
import { eventually } from '../provision/support.js';
import { type Finished, run } from './support.js';

const TOKEN = 'a-token-for-tests-of-the-command-line';
const MINUTE = 60_000;
const MB = 1024 * 1024;
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

let harness: Harness;
let gateway: Gateway;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-maplepress-'));
  harness = await startHarness({
    maplePress: { timings: { pluginConnects: MINUTE, indexing: 5 * MINUTE } },
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { accounts, tenants, ledger } = harness.deps;
  const deps = { accounts, tenants, ledger, secretConfigKeys: [], log };
  gateway = await startGateway(deps, { token: TOKEN });
});
afterAll(async () => {
  await gateway.close();
  await harness.close();
  await rm(folder, { recursive: true });
});

/** Has no login of MaplePress: only the workers and the gateway do. */
function sitewright(...args: readonly string[]): Promise<Finished> {
  const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, SITEWRIGHT_PAYLOAD_KEYS_FILE, DATABASE_URL } =
    harness.workerEnvironment;
  return run(args, {
    TEMPORAL_ADDRESS: TEMPORAL_ADDRESS ?? '',
    TEMPORAL_NAMESPACE: TEMPORAL_NAMESPACE ?? '',
    SITEWRIGHT_PAYLOAD_KEYS_FILE: SITEWRIGHT_PAYLOAD_KEYS_FILE ?? '',
    DATABASE_URL: DATABASE_URL ?? '',
    SITEWRIGHT_DATA_DIR: folder,
    SITEWRIGHT_GATEWAY_URL: gateway.url,
    SITEWRIGHT_GATEWAY_TOKEN: TOKEN,
  });
}
const maplePress = (...args: readonly string[]) => sitewright('maplepress', ...args);

/** Registers a site to its end; what its result hands over, by label. */
async function registered(domain: string, ...args: readonly string[]) {
  const done = await maplePress('register', urlOf(domain), '--wait', ...args);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  return { ...done, handles: handlesIn(done) };
}

function handlesIn({ stdout }: Finished): ReadonlyMap<string, string> {
  const claim = /^ +(?:waits for you +)?(\S.*), once: npx sitewright claim ([0-9a-f]{32})$/gm;
  const claims = [...stdout.matchAll(claim)];
  return new Map(claims.map(([, label = '', handle = '']) => [label, handle]));
}

/** Approves what waits for it, as people do. */
async function approve(domain: string, ...people: readonly string[]): Promise<void> {
  await harness.until(domain, ({ state }) => state === 'waiting_approval');
  for (const by of people) {
    const said = ['--reason', 'seen', '--by', by, '--site-name', domain];
    expect(await sitewright('approve', domain, ...said)).toMatchObject({ code: 0 });
  }
}

describe('sitewright maplepress register', () => {
  it('waits for the plugin, and shows no key but where to claim it, once', async () => {
    const domain = aDomain();
    const { stdout, handles } = await registered(domain);
    expect(stdout).not.toContain('secret.');
    expect([...handles.keys()]).toEqual(['API key', 'verification token']);
    const handle = handles.get('API key') ?? '';
    const key = await sitewright('claim', handle);
    expect(key.stdout).toMatch(/^live_sk_\w+\n$/);
    const apiKey = key.stdout.trim();
    expect(stdout).not.toContain(apiKey);
    expect(harness.maplePress.pluginRequest({ apiKey }).accepted).toBe(true);
    expect((await sitewright('claim', handle)).code).toBe(11);
    const status = await sitewright('status', domain);
    expect(status.stdout).not.toContain(apiKey);
    expect(status.stdout).toMatch(/handed over {3}API key: claimed by \S+ at \d\d:\d\d\n/);
    expect([...handlesIn(status).keys()]).toEqual(['verification token']);
    const { secrets } = JSON.parse((await sitewright('status', domain, '--json')).stdout) as {
      secrets: readonly object[];
    };
    expect(secrets).toMatchObject([
      { label: 'API key', handle, state: 'claimed', by: 'tester' },
      { label: 'verification token', state: 'waits', by: null },
    ]);
  });

  it('only plans with --dry-run, and prints the line that does it', async () => {
    const domain = aDomain();
    const args = ['register', `https://${domain}/blog`, '--patience', '3', '--reason', 'new shop'];
    const planned = await maplePress(...args, '--dry-run');
    expect(planned).toMatchObject({ code: 0, stderr: '' });
    expect(planned.stdout).toContain(
      `npx sitewright maplepress register https://${domain}/blog --patience 3 --reason 'new shop'\n`,
    );
    expect(siteIn(harness, domain)).toBeUndefined();
  });

  it('refuses a domain that is registered, and says what to do for another key', async () => {
    const domain = aDomain();
    await registered(domain);
    const again = await maplePress('register', `http://${domain.toUpperCase()}:8080/`, '--wait');
    expect(again.code).toBe(11);
    expect(again.stdout).toContain('maplepress rotate-key');
  });

  it('seals the key for who is named, and only they can read it', async () => {
    const { publicJwk, privateJwk } = await createSealingKeys();
    const [publicFile, privateFile] = [path.join(folder, 'public'), path.join(folder, 'private')];
    await writeFile(publicFile, JSON.stringify(publicJwk));
    await writeFile(privateFile, JSON.stringify(privateJwk));
    const { handles } = await registered(aDomain(), '--receiver-key', publicFile);
    const claimed = await sitewright('claim', handles.get('API key') ?? '', '--key', privateFile);
    expect(claimed.stdout).toMatch(/^live_sk_\w+\n$/);

    const given = await maplePress('register', urlOf(aDomain()), '--receiver-key', privateFile);
    expect(given.code).toBe(64);
    expect(given.stderr).toMatch(/--receiver-key .*private key/);
    const missing = await maplePress('register', urlOf(aDomain()), '--receiver-key', '/nowhere');
    expect(missing.code).toBe(64);
    expect(missing.stderr).toContain('/nowhere cannot be read');
  });

  it('is of a domain, which is never completed to a site of ours', async () => {
    const input = { account: 'main', requestedBy: 'ops', site: 'shop' };
    await expect(harness.client.start('maplepress-delete', input)).rejects.toMatchObject({
      problems: [{ path: 'site', message: 'Invalid domain format' }],
    });
  });

  it('says which tenants there are when it is given another', async () => {
    const { code, stdout } = await maplePress(
      ...['register', urlOf(aDomain()), '--tenant', 'nobody', '--wait'],
    );
    expect({ code, stdout }).toMatchObject({
      code: 11,
      stdout: expect.stringContaining(
        'unknown MaplePress tenant "nobody"; configured: main',
      ) as string,
    });
  });
});

describe('the sites of a tenant', () => {
  it('are listed as a table, and as a document per line in pages of a size', async () => {
    const domain = aDomain();
    await registered(domain);
    harness.maplePress.addSites(12);
    const table = await maplePress('sites');
    expect(table).toMatchObject({ code: 0, stderr: '' });
    const lines = table.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^domain +status +verified +registered \(UTC\) +id$/);
    expect(lines.at(-1)).toMatch(
      /\d+ sites; one of them: npx sitewright maplepress site <domain>$/,
    );
    const row = new RegExp(`^${domain} +active +yes +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +${UUID}$`);
    expect(lines.some((line) => row.test(line))).toBe(true);

    const before = harness.maplePress.calls().length;
    const page = await maplePress('sites', '--page-size', '10', '--limit', '10', '--json');
    expect(page.stdout.trimEnd().split('\n')).toHaveLength(10);
    expect(harness.maplePress.calls().slice(before)).toMatchObject([
      { endpoint: 'GET /api/v1/sites', args: { page_size: '10' } },
    ]);
    const active = await maplePress('sites', '--active');
    expect(active.stdout).toContain(domain);
    expect(active.stdout).not.toContain('pending');
  });

  it('are shown one by one, by domain and by id', async () => {
    const domain = aDomain();
    const { handles } = await registered(domain);
    const apiKey = (await sitewright('claim', handles.get('API key') ?? '')).stdout.trim();
    const work = { pages: 1_500, bytes: 50 * MB, searches: 1_250 };
    harness.maplePress.pluginRequest({ apiKey, ...work });

    const shown = await maplePress('site', domain);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    for (const part of [
      `${domain}   active`,
      `https://${domain}`,
      'verified      yes',
      `live_sk_…${apiKey.slice(-4)}`,
      'indexed, ',
      ' MB\n',
      'maplepress-register',
    ]) {
      expect(shown.stdout).toContain(part);
    }
    expect(shown.stdout).not.toContain(apiKey);
    const { id } = JSON.parse((await maplePress('site', domain, '--json')).stdout) as {
      id: string;
    };
    const byId = await maplePress('site', id, '--json');
    expect(JSON.parse(byId.stdout)).toMatchObject({ id, domain, isVerified: true });
  });

  it('are summed up', async () => {
    harness.maplePress.addSites(3);
    const { code, stdout } = await maplePress('usage');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^domain +storage +pages +this month +searches\n/);
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(last).toMatch(/^all \d+ +[\d.]+ (Bytes|KB|MB) +[\d,]+ +[\d,]+ +[\d,]+$/);
    const json = await maplePress('usage', '--json');
    const lines = json.stdout.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ total: { unread: 0 } });
  });

  it('say what to do where there is nothing', async () => {
    expect((await maplePress('sites', '--tenant', 'other')).stdout).toBe(
      'No sites. Register one: npx sitewright maplepress register --help\n',
    );
    expect((await maplePress('sites', '--tenant', 'other', '--pending')).stdout).toBe(
      'No site is pending. All of them: npx sitewright maplepress sites\n',
    );
    expect((await maplePress('usage', '--tenant', 'other')).stdout).toContain('No sites.');
  });

  it.each([
    [['site', 'nobody.example'], 66, 'tenant main has no site nobody.example'],
    [['sites', '--tenant', 'nobody'], 66, 'MAPLEPRESS_<NAME>_URL'],
  ] as const)('say what is wrong: %j', async (args, code, words) => {
    const ended = await maplePress(...args);
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toContain(words);
  });
});

describe('a key that is rotated', () => {
  it('is approved, replaced at once, and claimed like the first', async () => {
    const domain = aDomain();
    await registered(domain);
    const before = siteIn(harness, domain)?.keyLastFour;
    const askedAt = Date.now();
    const asked = await maplePress('rotate-key', domain, '--reason', 'leaked');
    expect(asked.code).toBe(0);
    // It does not hang on the answer of an operation that waits for people.
    expect(Date.now() - askedAt).toBeLessThan(15_000);
    expect(asked.stdout).toContain(`MaplePress rotate-key ${domain}   WAITING FOR APPROVAL`);
    expect(asked.stdout).toContain('npx sitewright approve');
    await approve(domain, 'kim');
    const done = await sitewright('watch', domain);
    expect(done.code).toBe(0);
    const status = await sitewright('status', domain);
    const { stdout: key } = await sitewright('claim', handlesIn(status).get('API key') ?? '');
    expect(key.trim().slice(-4)).toBe(siteIn(harness, domain)?.keyLastFour);
    expect(key.trim().slice(-4)).not.toBe(before);
  });
});

describe('a site that is deleted', () => {
  it('needs two people who type its domain, and is gone', async () => {
    const domain = aDomain();
    const [, operationId = ''] = /\(operation (\w+)/.exec((await registered(domain)).stdout) ?? [];
    expect((await maplePress('delete', domain, '--reason', 'contract ended')).code).toBe(0);
    await approve(domain, 'kim', 'max');
    expect((await sitewright('watch', domain)).code).toBe(0);
    expect((await maplePress('site', domain)).code).toBe(66);
    expect(siteIn(harness, domain)).toBeUndefined();
    const registration = await sitewright('status', operationId);
    expect(registration.stdout).toMatch(/handed over {3}API key: wiped at .*: it opens nothing/);
    expect(registration.stdout).not.toContain('sitewright claim');
    const again = await maplePress('delete', domain, '--wait');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('registration  gone already');
  });

  it('is asked about when nobody ever knew it, and what it may be instead', async () => {
    const domain = aDomain();
    await registered(domain);
    const slip = domain.replace('shop', 'shpo');
    const question = `never known here: is it spelled right? Registered: ${domain}`;
    for (const more of [[], ['--dry-run']]) {
      const { code, stdout } = await maplePress('delete', slip, ...more);
      expect(code).toBe(0);
      expect(stdout).toMatch(/never known here: is it spelled right\?/);
      expect(stdout).toContain(domain);
    }
    const { stdout } = await maplePress('delete', slip, '--json');
    expect((JSON.parse(stdout) as { summary: string }).summary).toContain(question);
  });
});

describe('several open operations of a domain with letters of its own', () => {
  it('are told apart by what they wait for', async () => {
    const domain = aDomain().replace('shop', 'münchen');
    await registered(domain);
    const idOf = ({ stdout }: Finished) =>
      (JSON.parse(stdout) as { operationId: string }).operationId;
    const rotation = idOf(await maplePress('rotate-key', domain, '--json'));
    const deletion = idOf(await maplePress('delete', domain, '--json'));
    const kim = ['--reason', 'seen', '--by', 'kim', '--site-name', domain];
    const open = () => harness.client.list({ site: domain, open: true });
    await eventually(async () => (await open()).length === 2);

    const both = await sitewright('approve', domain, ...kim);
    expect(both.code).toBe(75);
    expect(both.stderr).toContain(rotation);

    // It is approved, but does not begin.
    expect((await sitewright('hold', domain, '--operation', rotation)).code).toBe(0);
    expect((await sitewright('approve', rotation, ...kim)).code).toBe(0);
    await harness.until(rotation, ({ state }) => state === 'held');
    const one = await sitewright('approve', domain, ...kim);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain(`npx sitewright watch ${deletion}`);
    const { approval } = await harness.client.status(deletion);
    expect(approval?.counted).toMatchObject([{ by: 'kim', verdict: 'approve' }]);

    expect((await sitewright('resume', domain)).code).toBe(0);
    expect((await sitewright('watch', rotation)).code).toBe(0);
    expect((await sitewright('reject', domain, '--reason', 'it stays')).code).toBe(0);
    expect((await sitewright('watch', deletion)).code).toBe(12);
    const status = await sitewright('status', domain, '--operation', deletion);
    expect(status.stdout).toContain('REJECTED');
    expect((await sitewright('ledger', domain)).stdout).toContain('maplepress-delete xn--');
  });
});

it('doctor names the tenants', async () => {
  const { stdout } = await sitewright('doctor');
  expect(stdout).toContain('MaplePress tenant main: login accepted');
  expect(stdout).toContain('MaplePress tenant other: login accepted');
});
