import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPERATION_KINDS } from '../../../src/domain/operations.js';
import { readPolicy } from '../../../src/policy/read-policy.js';
import { knownSettings } from '../../../src/policy/schema.js';

const text = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8');
const explained = [...text.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name);

describe('docs/policy.md', () => {
  it('explains every setting, condition and member of an approval, and no other', () => {
    const { settings, conditions, approval } = knownSettings();
    const kinds: readonly string[] = OPERATION_KINDS;
    expect([...explained].sort()).toEqual(
      [...settings.filter((name) => !kinds.includes(name)), ...conditions, ...approval].sort(),
    );
  });

  it('has examples that are right', () => {
    const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(examples.length).toBeGreaterThan(3);
    const head = 'version: docs\npeople: { dana: [operator, owner] }\n';
    for (const example of examples) expect(readPolicy(head + example).problems).toEqual([]);
  });
});
