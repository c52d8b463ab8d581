import { describe, expect, it } from 'vitest';
import type { PressAnswer } from '../../../src/frappe-cloud/answer.js';
import { SURFACE } from '../../../src/frappe-cloud/surface/index.js';
import type { Transport } from '../../../src/frappe-cloud/index.js';
import { READS, WITH_A_SCREEN } from '../../../src/gateway/reads/index.js';
import { shownAnswer, withoutLiterals } from '../../../src/gateway/reads/shown.js';

/** A Press that answers every method the same, and what it was asked. */
function answering(message: unknown) {
  const asked: { method: string; params: object }[] = [];
  const press: Transport = {
    call(method, params) {
      asked.push({ method, params });
      const value = method === 'press.api.site.running_jobs' ? [] : message;
      return Promise.resolve({ message: value } as PressAnswer);
    },
    close: () => Promise.resolve(),
  };
  return { press, asked };
}

const readNamed = (endpoint: string) => READS.get(endpoint) ?? expect.fail(`no read ${endpoint}`);

describe('the reads', () => {
  it('are all that change nothing, but those with a screen of their own', () => {
    const harmless = SURFACE.flatMap(({ rows }) => rows)
      .filter(({ danger, reach }) => danger === 'read' && 'call' in reach)
      .map(({ endpoint }) => endpoint);
    expect([...READS.keys(), ...WITH_A_SCREEN].sort()).toEqual([...harmless].sort());
  });

  it('say what they tell and what each argument means', () => {
    const silent = [...READS.values()].filter(
      ({ what, arguments: args }) => what === '' || args.some((argument) => argument.what === ''),
    );
    expect(silent).toEqual([]);
    expect(readNamed('press.api.site.options_for_new').arguments).toEqual([
      { name: 'group', what: 'own bench group (default: the public ones)', required: false },
    ]);
  });

  it.each([
    ['a missing argument', {}, 'site'],
    ['an unknown one', { site: 'a.example.com', sites: 'b' }, 'sites'],
    ['one that is none', { site: '../../x' }, 'not the name of a site'],
    ['one given twice', { site: ['a.example.com', 'b.example.com'] }, 'site'],
  ])('refuse %s before they ask', async (_, given, message) => {
    const { press, asked } = answering({});
    const read = readNamed('press.api.site.current_plan');
    await expect(read.run(press, given, {})).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });

  it('ask about a site only after Press has said that it is the team’s', async () => {
    const { press, asked } = answering([]);
    const subscriptions = 'press.api.marketplace.get_marketplace_subscriptions_for_site';
    await readNamed(subscriptions).run(press, { site: 'a.example.com' }, {});
    expect(asked.map(({ method }) => method)).toEqual([
      'press.api.site.running_jobs',
      subscriptions,
    ]);
  });

  it('turn texts into the numbers that Press wants', async () => {
    const space = 'press.api.site.validate_restoration_space_requirements';
    const { press, asked } = answering(null);
    const given = { site: 'a.example.com', database_bytes: '1024' };
    await expect(readNamed(space).run(press, given, {})).rejects.toThrow('unexpected shape');
    expect(asked.at(-1)?.params).toEqual({
      name: 'a.example.com',
      db_file_size: 1024,
      public_file_size: 0,
      private_file_size: 0,
    });
  });

  it('leave out of statements what they quote', async () => {
    const statement = 'select * from tabUser where email = \'jane@acme.com\' and name = "o\\"x"';
    const { press } = answering({ success: true, data: [{ Id: 7, Info: statement }] });
    const read = readNamed('Site.fetch_database_processes');
    expect(await read.run(press, { site: 'a.example.com' }, {})).toEqual([
      { Id: 7, Info: "select * from tabUser where email = '•••' and name = '•••'" },
    ]);
  });
});

describe('an answer that is shown', () => {
  it('has no links to take something by, and no secrets inside of texts', () => {
    const answer = {
      files: { database: { url: 'https://site/backups/x.gz', bytes: 3 } },
      bills: [{ invoice_pdf: '/files/x.pdf', stripe_invoice_url: null }],
      repository_url: 'https://user:geheim@git.example.com/app',
      nothing: undefined,
    };
    expect(shownAnswer(answer)).toEqual({
      files: { database: { url: '•••', bytes: 3 } },
      bills: [{ invoice_pdf: '•••', stripe_invoice_url: null }],
      repository_url: 'https://•••@git.example.com/app',
      nothing: null,
    });
    expect([shownAnswer(undefined), shownAnswer(0), shownAnswer('USD')]).toEqual([null, 0, 'USD']);
  });

  it.each([
    ["select 'a', 1", "select '•••', 1"],
    ["where x = 'it''s' and y = 2", "where x = '•••' and y = 2"],
    ["where x = 'cut off in th", "where x = '•••'"],
    ["where x = 'a\\'b'", "where x = '•••'"],
  ])('leaves out what a statement quotes: %s', (statement, left) => {
    expect(withoutLiterals(statement)).toBe(left);
  });
});
