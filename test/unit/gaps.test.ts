import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(path.join(root, 'docs/gaps.md'), 'utf8');
const gaps = text
  .split(/^## /m)
  .filter((section) => /^\d+\. /.test(section))
  .map((section) => ({ title: section.split('\n')[0] ?? '', section }));

describe('docs/gaps.md', () => {
  it('answers all twelve', () => {
    expect(gaps.map(({ title }) => Number.parseInt(title, 10))).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });

  it.each(gaps)('$title: evidence that is there, and what the code does', ({ section }) => {
    const [, evidence = ''] = /\*\*Evidence\*\*: ([\s\S]*?)\n- \*\*/.exec(section) ?? [];
    const recordings = [...evidence.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name);
    expect(recordings).not.toEqual([]);
    const fileOf = (name: string) =>
      path.join(root, 'test/fixtures/press/recorded', `${name}.json`);
    expect(recordings.filter((name) => !existsSync(fileOf(name)))).toEqual([]);
    expect(section).toContain('**What we do**: ');
  });
});
