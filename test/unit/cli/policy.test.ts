import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.js';
import { announceStack, type StackRecord } from '../../../src/stack/discovery.js';
import { sitewright } from './sitewright.js';

const POLICY = `version: test-1
people: { dana: [operator], max: [operator, owner] }
requesters:
  - { accounts: ['eu-*', main], people: [crm] }
configKeys: [mail_server, { key: mail_port, type: number }, { key: token, secret: true }]
apps:
  - { planPriceUsdAtMost: 25, allow: [erpnext] }
  - { allow: ['*'] }
planChanges: { upTo: 100 }
safetyCopy: { bypass: { approver: owner } }
maintenance: { timeZone: Europe/Berlin }
provision: [{ name: any, approval: none }]
update-config: [{ name: any, approval: none }]
change-plan: [{ name: any, approval: none }]
move: [{ name: any, approval: none }]
edit-scheduled-update: [{ name: any, approval: none }]
deploy-bench:
  - { name: few, when: { sitesAtMost: 2 }, approval: none }
  - { name: many, approval: { quorum: { operator: 1 } } }
upgrade:
  - { name: small plans, when: { planPriceUsdAtMost: 25, withoutTags: [vip] }, approval: none }
  - name: by day
    when: { hours: { days: [mon, tue, wed, thu, fri], from: '08:00', to: '18:00' } }
    approval: { quorum: { operator: 1 }, typedName: true, coolingOff: 15m, expiresAfter: 2h, escalateAfter: 30m }
  - { name: at night, refuse: nobody is there }
  - { name: never, approval: none }
`;
const GOOD = POLICY.replace('  - { name: never, approval: none }\n', '');

const STACK: Omit<StackRecord, 'policyFile'> = {
  pid: process.pid,
  temporalAddress: '127.0.0.1:1',
  namespace: 'default',
  uiUrl: 'http://127.0.0.1:1',
  simulatorUrl: 'http://127.0.0.1:1',
  maplePressUrl: 'http://127.0.0.1:1',
  gatewayUrl: 'http://127.0.0.1:1',
  domain: 'example.com',
  account: 'main',
};

let folder: string;
let file: string;
let stdout: string;
let stderr: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-cli-policy-'));
  file = path.join(folder, 'policy.yaml');
  await writeFile(file, GOOD);
  vi.stubEnv('SITEWRIGHT_DATA_DIR', folder);
  vi.stubEnv('SITEWRIGHT_POLICY', file);
  vi.stubEnv('SITEWRIGHT_USER', 'crm');
  stdout = '';
  stderr = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

function policyCommand(...args: readonly string[]): Promise<number> {
  stdout = '';
  stderr = '';
  return sitewright('policy', ...args);
}

const explain = (kind: string, input: object | null, ...args: readonly string[]) => {
  const given = input === null ? [] : ['--input', JSON.stringify(input)];
  return policyCommand('explain', '--kind', kind, ...given, ...args);
};
const SITE = { site: 'shop.example.com' };
const BY_DAY = ['--fact', 'at=2026-11-20T16:30:00Z'];

describe('policy check', () => {
  it('says what a right file comes to, and what is worth knowing', async () => {
    expect(await policyCommand('check')).toBe(0);
    expect(stdout).toMatch(
      `ok: version test-1, 7 kinds, 10 rules (${file})\nworth knowing:\n  line 1, column 1   no rules, so always refused: `,
    );
    expect(await policyCommand('check', '--json')).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      file,
      version: 'test-1',
      kinds: 7,
      rules: 10,
      problems: [],
    });
  });

  it('lists every problem with its place, and ends with 64', async () => {
    const other = path.join(folder, 'other.yaml');
    await writeFile(other, `${POLICY}archve: []\n`);
    expect(await policyCommand('check', other)).toBe(64);
    expect(stdout.split('worth knowing')[0]).toBe(`2 problems in ${other}
  line 26, column 5   upgrade.3: is never reached: "at night" before it has no conditions, so that it always decides
  line 27, column 1   archve: unknown setting; did you mean archive?
`);
    expect(await policyCommand('check', other, '--json')).toBe(64);
    const { ok, problems } = JSON.parse(stdout) as { ok: boolean; problems: unknown[] };
    expect(ok).toBe(false);
    expect(problems).toContainEqual({
      line: 27,
      column: 1,
      path: 'archve',
      message: 'unknown setting; did you mean archive?',
    });
  });

  it('goes by the file of the local stack that runs, and says so', async () => {
    const other = path.join(folder, 'of-the-stack.yaml');
    await writeFile(other, GOOD.replace('test-1', 'test-2'));
    await announceStack(folder, { ...STACK, policyFile: other });
    expect(await policyCommand('check')).toBe(0);
    expect(stdout).toContain(`(${other}, of the local stack that runs here)\n`);
    expect(await explain('upgrade', SITE, ...BY_DAY)).toBe(0);
    expect(stdout).toContain(`by policy test-2 (${other}, of the local stack that runs here)\n`);
    expect(await policyCommand('check', file, '--json')).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file, of: 'named', version: 'test-1' });
    vi.stubEnv('TEMPORAL_ADDRESS', 'temporal.example.com:7233');
    expect(await policyCommand('check', '--json')).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file, of: 'configuration' });
  });

  it('says that a file is not there', async () => {
    expect(await policyCommand('check', path.join(folder, 'nowhere.yaml'))).toBe(64);
    expect(stdout).toContain('there is no such file');
  });
});

describe('policy explain', () => {
  it('goes through the rules, and says the decision in words', async () => {
    expect(await explain('upgrade', SITE, '--fact', 'planPriceUsd=50', ...BY_DAY)).toBe(0);
    expect(stdout).toBe(`upgrade asked by crm on account main, by policy test-1 (${file})

  ✗ small plans   does not hold
      fails: planPriceUsdAtMost 25; planPriceUsd is 50
      fails: withoutTags vip; tags is not known here
  ✓ by day        decides
      holds: hours Mon, Tue, Wed, Thu, Fri 08:00-18:00; at is Fri 17:30 in Europe/Berlin
  · at night      not reached

  approval      1 operator (by day); nobody approves their own request
  typed name    each of them types the name of the site
  cooling-off   15 min to revoke it
  escalates     after 30 min
  expires       after 2 h
  guardrails    ✓ requesters: crm may request
  not known     tags: rules that need it do not hold, those that refuse do; give it with --fact tags=…
`);
  });

  it('is one document with --json', async () => {
    const facts = ['--fact', 'planPriceUsd=25', '--fact', 'tags=shop,test', ...BY_DAY];
    expect(await explain('upgrade', SITE, ...facts, '--json')).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'upgrade',
      file,
      version: 'test-1',
      facts: {
        requestedBy: 'crm',
        account: 'main',
        at: '2026-11-20T16:30:00.000Z',
        planPriceUsd: 25,
        tags: ['shop', 'test'],
        sites: 1,
      },
      unknown: [],
      rule: 'small plans',
      approval: null,
      refusals: [],
    });
  });

  it('ends with 11 when it is refused: by a rule, or by who asks', async () => {
    const late = ['--fact', 'at=2026-11-20T23:00:00Z'];
    expect(await explain('upgrade', SITE, ...late)).toBe(11);
    expect(stdout).toContain('  refused       nobody is there\n');
    expect(await explain('upgrade', SITE, ...BY_DAY, '--by', 'dana')).toBe(11);
    expect(stdout).toContain('policy does not let dana request anything on account main');
    expect(await explain('archive', SITE)).toBe(11);
    expect(stdout).toContain('the policy has no rules for archive');
    expect(stdout).toContain('no policy rule allows this archive');
  });

  it('says what doing without a copy takes', async () => {
    const skipping = { ...SITE, safetyCopy: 'skip' };
    expect(await explain('upgrade', skipping, ...BY_DAY)).toBe(0);
    expect(stdout).toContain('1 operator, 1 owner');
    expect(stdout).toContain('  acknowledge   no-safety-copy\n');
  });

  it('judges an update without the backup of Press as one without a copy', async () => {
    const later = { ...SITE, at: '2099-01-01T00:00:00Z' };
    await explain('edit-scheduled-update', later, '--json');
    expect((JSON.parse(stdout) as { facts: object }).facts).not.toHaveProperty('skipsSafetyCopy');
    await explain('edit-scheduled-update', { ...later, skipBackups: true }, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ facts: { skipsSafetyCopy: true } });
    expect(await explain('edit-scheduled-update', { ...later, skipBackups: true })).toBe(0);
    expect(stdout).toContain('  acknowledge   no-safety-copy\n');
  });

  it('tells what the guardrails say of apps and config, without values', async () => {
    const input = {
      subdomain: 'acme-shop',
      plan: 'USD 25',
      version: 'Version 15',
      apps: ['frappe', 'erpnext', 'hrms'],
      config: { mail_port: 'geheim', token: 'geheim', developer_mode: 1 },
    };
    expect(await explain('provision', input, '--fact', 'planPriceUsd=25')).toBe(11);
    expect(stdout).toContain('✗ apps: policy does not allow hrms\n');
    expect(stdout).toContain(
      '✗ config: mail_port must be a number; token must be sealed (--secret-config token at the command line, seal() of the client library); policy does not allow developer_mode\n',
    );
    expect(stdout).not.toContain('geheim');
    const plain = { ...input, config: undefined };
    expect(await explain('provision', plain)).toBe(0);
    expect(stdout).toContain('? apps: policy does not allow hrms, unless planPriceUsd tells');
    expect(await explain('provision', plain, '--fact', 'planPriceUsd=50')).toBe(0);
    expect(stdout).toContain('✓ apps: frappe, erpnext, hrms');
  });

  it('tells what the guardrails say of a change of the plan', async () => {
    const input = { ...SITE, plan: 'USD 200' };
    expect(await explain('change-plan', input)).toBe(0);
    expect(stdout).toContain('? planChanges: policy allows plans up to 100 USD a month');
    expect(stdout).toContain(', unless newPlanPriceUsd and planPriceUsd tells\n');
    // Whatever the old price is.
    const bare = ['explain', '--kind', 'change-plan', '--fact', 'newPlanPriceUsd=500'];
    expect(await policyCommand(...bare)).toBe(11);
    expect(await explain('change-plan', input, '--fact', 'newPlanPriceUsd=500')).toBe(11);
    expect(await explain('change-plan', input, '--fact', 'newPlanPriceUsd=50')).toBe(0);
    expect(stdout).toContain('? planChanges: nobody can tell whether USD 200 is cheaper');
    const prices = (now: number, then: number) => [
      ...['--fact', `planPriceUsd=${now}`],
      ...['--fact', `newPlanPriceUsd=${then}`],
    ];
    expect(await explain('change-plan', input, ...prices(50, 200))).toBe(11);
    expect(stdout).toContain('✗ planChanges: policy allows plans up to 100 USD a month, USD 200');
    expect(await explain('change-plan', input, ...prices(50, 25))).toBe(11);
    expect(stdout).toContain('does not allow a cheaper plan');
    expect(await explain('change-plan', input, ...prices(50, 100))).toBe(0);
  });

  it.each([
    ['upgrade', {}],
    ['update', {}],
    ['move', { group: 'bench-0001' }],
  ])('judges %s --at by when it begins', async (kind, change) => {
    const at = '2099-01-01T00:00:00.000Z';
    await explain(kind, { ...SITE, ...change, at }, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ facts: { at } });
  });

  it('judges a change of the plan by what it is to cost', async () => {
    const input = { ...SITE, plan: 'USD 100' };
    const prices = ['--fact', 'planPriceUsd=25', '--fact', 'newPlanPriceUsd=100'];
    await explain('change-plan', input, ...prices, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      facts: { planPriceUsd: 100, planChange: 'upgrade' },
    });
    await explain('change-plan', input, '--fact', 'planPriceUsd=25', '--json');
    expect((JSON.parse(stdout) as { facts: object }).facts).not.toHaveProperty('planPriceUsd');
  });

  it('knows what no app plan costs, and is told the others', async () => {
    const factsOf = async (change: object, ...args: readonly string[]) => {
      await explain('install-app', { ...SITE, app: 'insights', ...change }, ...args, '--json');
      return (JSON.parse(stdout) as { facts: { appPriceUsd?: number } }).facts.appPriceUsd;
    };
    expect(await factsOf({})).toBe(0);
    expect(await factsOf({ plan: 'PRO' })).toBeUndefined();
    expect(await factsOf({ plan: 'PRO' }, '--fact', 'appPriceUsd=20')).toBe(20);
  });

  it('counts the sites of a bench deploy, where it can', async () => {
    const group = { group: 'bench-0001' };
    const sites = ['a.example.com', 'b.example.com', 'c.example.com'];
    for (const [asked, rule] of [
      [{}, 'few'],
      [{ sites: sites.slice(1) }, 'few'],
      [{ sites }, 'many'],
      [{ sites: 'all' }, 'many'],
    ] as const) {
      expect(await explain('deploy-bench', { ...group, ...asked }, '--json')).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ rule });
    }
  });

  it('reads the input from a file, and the policy from another', async () => {
    const input = path.join(folder, 'input.json');
    await writeFile(input, JSON.stringify({ ...SITE, account: 'eu-1' }));
    const other = path.join(folder, 'other.yaml');
    await writeFile(other, GOOD.replace('test-1', 'test-2'));
    const args = ['--kind', 'upgrade', '--input-file', input, '--file', other, ...BY_DAY];
    expect(await policyCommand('explain', ...args)).toBe(0);
    expect(stdout).toContain(`upgrade asked by crm on account eu-1, by policy test-2 (${other})`);
  });

  it('needs no input at all', async () => {
    expect(await explain('upgrade', null, ...BY_DAY)).toBe(0);
    expect(stdout).toContain('by day        decides');
  });

  it.each([
    [['--input', '{'], /--input +is no JSON/],
    [['--input', '[]'], /--input +must be a JSON object/],
    [['--input', '{"site":5}'], /site +/],
    [['--input', '{}', '--input-file', 'x'], /--input-file +either this or --input/],
    [['--input-file', 'nowhere.json'], /--input-file +nowhere.json cannot be read/],
    [['--fact', 'planPrice=5'], /planPrice +unknown; did you mean planPriceUsd\? \(known: /],
    [['--fact', 'planPriceUsd'], /planPriceUsd +must be planPriceUsd=<value>/],
    [['--fact', 'planPriceUsd=much'], /planPriceUsd +must be a number/],
    [['--fact', 'at=tomorrow'], /at +must be a time such as/],
  ])('refuses %j', async (args, said) => {
    expect(await policyCommand('explain', '--kind', 'upgrade', ...args)).toBe(64);
    expect(stderr).toMatch(said);
    expect(stdout).toBe('');
  });

  it('refuses a kind that is none, and a policy that is wrong', async () => {
    expect(await policyCommand('explain', '--kind', 'demolish')).toBe(64);
    await writeFile(file, POLICY);
    expect(await explain('upgrade', SITE)).toBe(64);
    expect(stderr).toMatch(/has 1 problem:\n.*line 26, column 5: upgrade.3: is never reached/);
  });
});

describe('help', () => {
  it.each(['check', 'explain'])('of policy %s has examples and --json', (name) => {
    const group = createProgram().commands.find((command) => command.name() === 'policy');
    const command = group?.commands.find((each) => each.name() === name);
    let help = '';
    command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toContain('--json');
    expect(help).toContain(`  $ npx sitewright policy ${name}`);
  });
});
