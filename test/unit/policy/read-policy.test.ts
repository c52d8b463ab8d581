import { describe, expect, it } from 'vitest';
import { findingText } from '../../../src/policy/finding.js';
import { readPolicy } from '../../../src/policy/read-policy.js';

const HEAD = 'version: test\npeople: { dana: [operator], max: [operator] }\n';
const problemsOf = (text: string) => readPolicy(HEAD + text).problems.map(findingText);
const notesOf = (text: string) => readPolicy(HEAD + text).notes.map(findingText);

describe('a policy with problems', () => {
  it('tells all of them at once, in the order of the lines, and has no policy', () => {
    const text = `
requestors: []
safetyCopy: { bypass: always, maxage: 3h }
maintenance: { timeZone: Middle-earth }
provision:
  - name: small
    when: { planPriceAtMost: 5 }
    approval: { quorum: { operator: 1 }, expiresAfter: 1 day }
archive:
`;
    const report = readPolicy(HEAD + text);
    expect(report.policy).toBeNull();
    expect(report.problems.map(findingText)).toEqual([
      'line 4, column 1: requestors: unknown setting; did you mean requesters?',
      'line 5, column 23: safetyCopy.bypass: must be never, or { approver: <role> }',
      'line 5, column 31: safetyCopy.maxage: unknown setting; did you mean maxAge?',
      'line 6, column 26: maintenance.timeZone: must be an IANA time zone such as Europe/Berlin',
      'line 9, column 13: provision.0.when.planPriceAtMost: unknown setting; did you mean planPriceUsdAtMost?',
      'line 10, column 56: provision.0.approval.expiresAfter: must be a duration such as 30m, 24h or 7d',
      'line 11, column 1: archive: must be a list, found nothing',
    ]);
  });

  it.each([
    [
      'deployBench: []',
      'line 3, column 1: deployBench: unknown setting; did you mean deploy-bench?',
    ],
    ['demolish: []', 'line 3, column 1: demolish: unknown setting'],
    ["version: '2'", 'line 3, column 1: Map keys must be unique'],
    [
      'vault: { keepDays: many }',
      'line 3, column 20: vault.keepDays: must be a number, found a text',
    ],
    [
      'patches: { skipFailing: denny }',
      'line 3, column 25: patches.skipFailing: must be one of allow, deny; did you mean deny?',
    ],
    [
      'configKeys: [{ key: port, type: integer }]',
      'line 3, column 33: configKeys.0.type: must be one of string, number, boolean, json',
    ],
    [
      'deploy-bench: [{ name: a, when: { tags: [vip] } }]',
      'line 3, column 35: deploy-bench.0.when.tags: never holds: tags is not known of this kind of operation',
    ],
    [
      'update: &a [{ name: a, when: { sitesAtMost: 1, tags: [x] } }]\ndeploy-bench: *a',
      'line 3, column 48: deploy-bench.0.when.tags: never holds: tags is not known of this kind of operation',
    ],
    ['configKeys: [a, { key: a }]', 'line 3, column 17: configKeys.1: a is listed twice'],
    [
      'requesters: [{ accounts: [x] }]',
      'line 3, column 14: requesters.0: must name people or roles',
    ],
    ['apps: [{ plans: [x] }]', 'line 3, column 8: apps.0.allow: is missing'],
    [
      'maintenance: { windows: [{ from: 22:30, to: "25:00" }] }',
      'line 3, column 45: maintenance.windows.0.to: must be a time such as 22:30',
    ],
    [
      "maintenance: { freezes: [{ from: '2027-01-01T00:00:00Z', to: '2026-12-01T00:00:00Z', reason: x }] }",
      'line 3, column 62: maintenance.freezes.0.to: ends before it begins',
    ],
    [
      'maintenance: { freezes: [{ from: tomorrow, to: "2026-12-01T00:00:00Z", reason: x }] }',
      'line 3, column 34: maintenance.freezes.0.from: must be a time with its offset, such as 2026-12-20T00:00:00Z',
    ],
    ['archive: [{ approval: none }]', 'line 3, column 11: archive.0.name: is missing'],
    [
      'archive: [{ name: x, approval: { quorum: {} } }]',
      'line 3, column 42: archive.0.approval.quorum: must name at least one role',
    ],
    [
      'archive: [{ name: x, approval: {} }]',
      'line 3, column 32: archive.0.approval.quorum: is missing',
    ],
    [
      'archive: [{ name: x, when: { hours: { from: "08:00" } } }]',
      'line 3, column 37: archive.0.when.hours.to: is missing',
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toContain(problem);
    expect(problemsOf(text)).toHaveLength(1);
  });

  it('is told about broken YAML, and about an alias of nothing', () => {
    expect(problemsOf('archive: "x')).toEqual([
      expect.stringMatching(/^line 3, column \d+: Missing closing/),
    ]);
    const text = 'archive: &two [{ name: x }]\nreinstall: *tow';
    expect(problemsOf(text)).toEqual([
      'line 4, column 12: *tow repeats what no &tow before it has named; did you mean two?',
    ]);
  });

  it('is no map, or nothing at all', () => {
    expect(readPolicy('').problems.map(findingText)).toEqual([
      'line 1, column 1: must be a map, found nothing',
    ]);
    expect(readPolicy('[]').problems).toHaveLength(1);
  });

  it('does not grow without bounds by aliases of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, n) => {
      const inner = n === 0 ? 'x' : `*a${n - 1}`;
      return `k${n}: &a${n} [${Array(9).fill(inner).join(', ')}]`;
    });
    const { policy, problems } = readPolicy(levels.join('\n'));
    expect(policy).toBeNull();
    expect(problems[0]?.message).toMatch(/alias/i);
  });

  it('says what is wrong with an anchor once, where it stands', () => {
    const text = 'archive: &all [{ name: x, aproval: none }]\nreinstall: *all\nupgrade: *all';
    expect(problemsOf(text)).toEqual([
      'line 3, column 27: archive.0.aproval: unknown setting; did you mean approval?',
    ]);
  });
});

describe('rules', () => {
  it('have names of their own within a kind', () => {
    const conditional = (name: string) => `{ name: ${name}, when: { sitesAtMost: 1 } }`;
    const text = `archive: [${conditional('x')}, ${conditional('x')}]\nreinstall: [${conditional('x')}]`;
    expect(problemsOf(text)).toEqual([
      'line 3, column 58: archive.1.name: another rule before it is named "x" too',
    ]);
  });

  it.each(['', ', when: {}'])('behind one without conditions%s are never reached', (when) => {
    const text = `archive:
  - { name: small, when: { sitesAtMost: 1 } }
  - { name: all${when} }
  - { name: late, when: { sitesAtMost: 1 } }
  - { name: later }`;
    const said = 'is never reached: "all" before it has no conditions, so that it always decides';
    expect(problemsOf(text)).toEqual([
      `line 6, column 5: archive.2: ${said}`,
      `line 7, column 5: archive.3: ${said}`,
    ]);
  });

  it('may come before one without conditions', () => {
    const text = 'archive: [{ name: a, when: { sitesAtMost: 1 } }, { name: b }]';
    expect(problemsOf(text)).toEqual([]);
  });

  it('about apps end with one that speaks of every plan', () => {
    expect(problemsOf('apps: [{ plans: [x], allow: [] }, { allow: ["*"] }]')).toEqual([]);
    expect(problemsOf('apps: [{ allow: ["*"] }, { plans: [x], allow: [] }]')).toEqual([
      'line 3, column 26: apps.1: is never reached: an entry before it has no conditions, so that it always decides',
    ]);
  });
});

describe('roles', () => {
  it.each([
    [
      'archive: [{ name: x, approval: { quorum: { opertor: 1 } } }]',
      'line 3, column 44: archive.0.approval.quorum.opertor',
    ],
    ['resolvers: [opertor]', 'line 3, column 13: resolvers.0'],
    ['requesters: [{ roles: [opertor] }]', 'line 3, column 24: requesters.0.roles.0'],
    [
      'safetyCopy: { bypass: { approver: opertor } }',
      'line 3, column 35: safetyCopy.bypass.approver',
    ],
  ])('that nobody has are a problem: %s', (text, where) => {
    expect(problemsOf(text)).toEqual([
      `${where}: nobody has the role opertor; did you mean operator?`,
    ]);
  });

  it('are only noted as long as nobody is named, or not enough people are', () => {
    const rule = 'archive: [{ name: x, approval: { quorum: { operator: 3 } } }]';
    expect(problemsOf(rule)).toEqual([]);
    expect(notesOf(rule)).toContainEqual(
      'line 3, column 44: archive.0.approval.quorum.operator: asks for 3 operator, and only 2 of the people has that role',
    );
    const nobody = readPolicy(`version: test\npeople: {}\n${rule}`);
    expect(nobody.policy).not.toBeNull();
    expect(nobody.notes.map(findingText)).toContainEqual(
      'line 3, column 44: archive.0.approval.quorum.operator: nobody has the role operator: people names nobody',
    );
    const anybody = readPolicy(`version: test\npeople: { '*': [operator] }\n${rule}`);
    expect(anybody.notes.filter(({ path }) => path !== '')).toEqual([]);
  });
});

it('kinds without rules are noted, not refused', () => {
  const { policy, problems, notes } = readPolicy(`${HEAD}archive: [{ name: x }]`);
  expect(problems).toEqual([]);
  expect(policy?.archive).toHaveLength(1);
  const [note] = notes;
  expect(note?.message).toMatch(/^no rules, so always refused: .*provision.*reinstall/);
  expect(note?.message).not.toMatch(/\barchive/);
});

describe('settings', () => {
  const read = (text: string) => {
    const { policy, problems } = readPolicy(HEAD + text);
    expect(problems).toEqual([]);
    if (policy === null) throw new Error('it was found wrong');
    return policy;
  };

  it('name config keys with type and secrecy, or as before', () => {
    const policy = read(`
configKeys: [mail_server, { key: mail_port, type: number }, { key: token, secret: true }]
secretConfigKeys: [mail_password, token]`);
    expect(policy.configKeys).toEqual(['mail_server', 'mail_port', 'token']);
    expect(policy.configTypes).toEqual({ mail_port: 'number' });
    expect(policy.secretConfigKeys).toEqual(['mail_password', 'token']);
  });

  it('have defaults: nobody is kept from asking, no cheaper and no dedicated plans', () => {
    const { requesters, apps, planChanges } = read('');
    expect(requesters).toEqual([{ accounts: ['*'], people: ['*'], roles: [] }]);
    expect(apps).toEqual([{ allow: ['*'] }]);
    expect(planChanges).toEqual({ upToUsd: null, downgrade: 'deny', dedicated: 'deny' });
  });

  it('read what guards plans, apps and requesters', () => {
    const policy = read(`
requesters: [{ accounts: ['eu-*'], roles: [operator], people: [crm] }]
apps: [{ plans: [USD 10], allow: [erpnext] }, { planPriceUsdAtMost: 25, allow: ['*'] }]
planChanges: { upTo: 200, downgrade: allow }
archive:
  - { name: at night, when: { hours: { days: [sun], from: '22:00', to: '04:30' }, tags: [test], accounts: [main] } }`);
    expect(policy.requesters).toEqual([
      { accounts: ['eu-*'], roles: ['operator'], people: ['crm'] },
    ]);
    expect(policy.apps).toEqual([
      { plans: ['USD 10'], allow: ['erpnext'] },
      { planPriceUsdAtMost: 25, allow: ['*'] },
    ]);
    expect(policy.planChanges).toEqual({ upToUsd: 200, downgrade: 'allow', dedicated: 'deny' });
    expect(policy.archive[0]?.when).toEqual({
      hours: { days: [0], from: 1_320, to: 270 },
      tags: ['test'],
      accounts: ['main'],
    });
  });
});
