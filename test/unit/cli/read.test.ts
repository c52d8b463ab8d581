import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { renderAnswer, renderReads } from '../../../src/cli/estate/render-reads.js';
import { toArguments } from '../../../src/cli/read-arguments.js';

const view = { colors: pc.createColors(false), now: new Date('2026-11-20T12:00:00Z') };
const answer = (value: unknown) => ({ account: 'main', endpoint: 'x.y', answer: value });

describe('the arguments of a read', () => {
  const nameOf = (site: string) => `${site}.example.com`;

  it('are names and values; a site gets its full name, a value may hold more of "="', () => {
    expect(toArguments(['site=shop', 'version=Version 15', 'app=a=b'], nameOf)).toEqual({
      site: 'shop.example.com',
      version: 'Version 15',
      app: 'a=b',
    });
    expect(toArguments(undefined, nameOf)).toEqual({});
  });

  it.each([
    [['site'], 'write it as name=value'],
    [['site=a', 'site=b'], 'site is given twice'],
  ])('%j are refused', (given, message) => {
    expect(() => toArguments(given, nameOf)).toThrow(message);
  });
});

describe('reads on the screen', () => {
  it('say what they tell and how they are asked', () => {
    const args = [
      { name: 'site', what: 'full name of a site', required: true },
      { name: 'group', what: 'own bench group', required: false },
    ];
    const reads = [{ endpoint: 'press.api.site.x', what: 'Whether it is', arguments: args }];
    expect(renderReads({ reads }, view)).toEqual([
      'press.api.site.x',
      '  Whether it is',
      '  --arg site=…  full name of a site',
      '  [--arg group=…]  own bench group',
      '1 reads; one of them: npx sitewright read <endpoint> --arg <key=value>',
    ]);
  });

  it('show an answer as YAML, whatever it is', () => {
    expect(renderAnswer(answer({ plan: { name: 'USD 25' }, apps: ['frappe'] }))).toEqual([
      'plan:',
      '  name: USD 25',
      'apps:',
      '  - frappe',
    ]);
    const screens = [[], true, null, 0, ''].map((value) => renderAnswer(answer(value)).join());
    expect(screens).toEqual(['[]', 'true', 'null', '0', '""']);
  });

  it('never move the cursor', () => {
    const lines = renderAnswer(answer({ a: '\u001b[2J', b: '\u009b31m\u202e', c: 'x\ny' }));
    expect(lines.join('')).not.toMatch(/\p{C}/u);
    expect(lines).toContain('b: "\\u{9b}31m\\u{202e}"');
  });
});
