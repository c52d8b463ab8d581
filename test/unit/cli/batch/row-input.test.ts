import { describe, expect, it } from 'vitest';
import { checkRows } from '../../../../src/cli/batch/check.js';
import { type BadRow, readRow, type ReadyRow } from '../../../../src/cli/batch/row-input.js';
import { ready, rowsIn, rowWith, shared } from './fixture.js';

const problemsOf = (fields: Readonly<Record<string, unknown>>) => {
  const row = readRow(rowWith(fields), { ...shared, given: {} });
  return 'problems' in row ? row.problems : [];
};

describe('a row becomes an input', () => {
  it('knows every column', () => {
    const { input } = ready({
      ...{ plan: 'USD 50', version: 'Version 14', account: 'eu', cluster: 'Frankfurt' },
      ...{ group: 'bench-0001', domain: 'example.org', server: 'f1.example.org' },
      ...{ reason: 'sold', ifBusy: 'refuse', key: 'order-4711' },
      ...{ apps: 'frappe erpnext;crm', customDomains: 'a.example.net; b.example.net' },
      ...{ handOver: 'login_link', 'config.port': 25, 'appPlans.crm': 'Pro Plan' },
    });
    expect(input).toEqual({
      ...{ account: 'eu', requestedBy: 'ops', subdomain: 'acme-shop', domain: 'example.org' },
      ...{ plan: 'USD 50', version: 'Version 14', cluster: 'Frankfurt', group: 'bench-0001' },
      ...{ server: 'f1.example.org', reason: 'sold', ifBusy: 'refuse' },
      idempotencyKey: 'order-4711',
      apps: ['frappe', 'erpnext', 'crm'],
      customDomains: ['a.example.net', 'b.example.net'],
      handOver: ['login_link'],
      config: { port: 25 },
      appPlans: { crm: 'Pro Plan' },
    });
  });

  it('takes what it leaves empty from the options', () => {
    const given = { ...shared.given, config: { a: 1, b: 2 }, reason: 'autumn' };
    const { input } = ready({ 'config.b': 3 }, { given });
    expect(input).toMatchObject({ plan: 'USD 25', config: { a: 1, b: 3 }, reason: 'autumn' });
  });

  it('takes the domain from the column, the name, the option and the stack, in this order', () => {
    const given = { ...shared.given, domain: 'option.example' };
    const full = { subdomain: 'acme-shop.name.example' };
    const domains = [
      ready({ ...full, domain: 'column.example' }, { given }),
      ready(full, { given }),
      ready({}, { given }),
      ready(),
    ].map(({ input }) => input.domain);
    expect(domains).toEqual(['column.example', 'name.example', 'option.example', 'example.com']);
  });

  it('keeps secrets out of it until they are sealed', () => {
    const secrets = new Map([
      ['pin', 'from the option'],
      ['port', '1'],
    ]);
    const row = ready({ 'secret.pin': '007', 'config.port': 25 }, { secrets });
    expect(row.input.config).toEqual({ port: 25, pin: { sealed: 'to be sealed' } });
    expect(row.secrets).toEqual(new Map([['pin', '007']]));
  });

  it('of a dry run has no key', () => {
    const given = { ...shared.given, dryRun: true as const };
    expect(ready({ key: 'order-4711' }, { given }).input).not.toHaveProperty('idempotencyKey');
    expect(ready({}, { given }).input).not.toHaveProperty('idempotencyKey');
  });
});

describe('the key of a row without one', () => {
  const key = (row: ReadyRow) => row.input.idempotencyKey;

  it('is the same whatever the order of columns, and the options', () => {
    const one = ready({ reason: 'a', cluster: 'b' });
    const other = ready({ cluster: 'b', reason: 'a' }, { given: { ...shared.given, group: 'c' } });
    expect(key(one)).toMatch(/^batch-[0-9a-f]{32}$/);
    expect(key(other)).toBe(key(one));
    expect(one.derivedKey).toBe(true);
  });

  it('is another for another row, or another batch', () => {
    const all = [ready(), ready({ reason: 'a' }), ready({}, { batch: 'b' })].map(key);
    expect(new Set(all).size).toBe(3);
  });

  it('does not depend on the values of secrets: ids are made of it', () => {
    expect(key(ready({ 'secret.pin': '007' }))).toBe(key(ready({ 'secret.pin': '008' })));
    expect(key(ready({ 'secret.pin': '007' }))).not.toBe(key(ready()));
  });
});

describe('problems of a row', () => {
  it('name the column, and the option that fills it for all', () => {
    expect(problemsOf({ subdomain: 'Acme' })).toEqual([
      { line: 2, column: 'subdomain', message: expect.stringContaining('"Acme": only') as string },
      { line: 2, column: 'plan', message: 'missing; for all rows: --plan' },
      { line: 2, column: 'version', message: 'missing; for all rows: --version' },
      { line: 2, column: 'apps', message: 'missing; for all rows: --apps' },
    ]);
  });

  it('do not show secrets', () => {
    const problems = problemsOf({ 'secret.pin': 7, 'secret.a': 'hidden', 'config.a': 1 });
    expect(problems).toContainEqual({ line: 2, column: 'secret.pin', message: 'is no text' });
    const message = 'is there as config.a, too';
    expect(problems).toContainEqual({ line: 2, column: 'secret.a', message });
    expect(JSON.stringify(problems)).not.toContain('hidden');
  });

  it('are no more than that it cannot be read, when it cannot', async () => {
    const [row] = await rowsIn('{"subdomain":', 'jsonl');
    expect(row && readRow(row, shared)).toEqual({
      ...{ line: 1, subdomain: '' },
      problems: [{ line: 1, message: 'not a JSON object' }],
    });
  });
});

describe('the check before the start', () => {
  const rows = async function* (all: readonly (ReadyRow | BadRow)[]) {
    yield* all;
  };

  it('counts rows', async () => {
    const all = [ready(), { ...ready({ subdomain: 'beta-shop' }), line: 3 }];
    expect(await checkRows(rows(all), 'sites.csv')).toBe(2);
  });

  it('finds a site, or a key, that is there twice', async () => {
    const other = { ...ready({ subdomain: 'beta-shop', key: 'k' }), line: 3 };
    const all = [ready({ key: 'k' }), other, { ...ready({ key: 'l' }), line: 4 }];
    await expect(checkRows(rows(all), 'sites.csv')).rejects.toMatchObject({
      message: 'sites.csv has 2 problems, nothing was sent',
      problems: [
        { line: 3, column: 'key', message: 'k is in line 2, too' },
        {
          ...{ line: 4, column: 'subdomain' },
          message: 'acme-shop.example.com of account main is in line 2, too',
        },
      ],
    });
  });

  it('shows the first fifty problems, and counts them all', async () => {
    const bad = Array.from({ length: 30 }, (_, index): BadRow => {
      const line = index + 2;
      const problem = { line, message: 'wrong' };
      return { line, subdomain: '', problems: [problem, problem] };
    });
    const error: unknown = await checkRows(rows(bad), 'sites.csv').catch((error: unknown) => error);
    expect(error).toMatchObject({
      message: expect.stringContaining('60 problems') as string,
      more: 10,
    });
    expect((error as { problems: unknown[] }).problems).toHaveLength(50);
  });
});
