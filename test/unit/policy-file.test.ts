import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGED_POLICY } from '../../src/config.js';
import { OPERATION_KINDS } from '../../src/domain/operations.js';
import { InvalidPolicy, inspectPolicy, loadPolicy } from '../../src/policy-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-policy-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(text: string) {
  const file = path.join(folder, 'policy.yaml');
  await writeFile(file, `version: test\npeople: {}\n${text}`);
  return loadPolicy(file);
}

describe('the policies of the package', () => {
  it.each(['strict', 'embedded'] as const)('%s speaks of every kind of operation', (name) => {
    const policy = loadPolicy(PACKAGED_POLICY[name]);
    expect(OPERATION_KINDS.filter((kind) => policy[kind].length === 0)).toEqual([]);
  });

  it('have an example beside them, for trying out', () => {
    const { policy, problems, notes } = inspectPolicy(
      fileURLToPath(new URL('../../config/policy.permissive.yaml', import.meta.url)),
    );
    expect([...problems, ...notes]).toEqual([]);
    expect(policy?.provision[0]?.approval).toBe('none');
    expect(policy?.archive[0]?.approval).toMatchObject({ typedName: true });
  });

  it('ask two people, by name, before a site is taken away or emptied', () => {
    for (const file of Object.values(PACKAGED_POLICY)) {
      const policy = loadPolicy(file);
      for (const kind of ['archive', 'reinstall'] as const) {
        for (const { approval } of policy[kind]) {
          expect(approval).toMatchObject({ quorum: { operator: 2 }, typedName: true });
        }
      }
    }
  });
});

describe('a policy file', () => {
  it('allows nothing that it does not speak of', async () => {
    const policy = await load('');
    expect(OPERATION_KINDS.flatMap((kind) => policy[kind])).toEqual([]);
    expect(policy.safetyCopy.bypass).toBe('never');
    expect(policy.patches.skipFailing).toBe('deny');
  });

  it('tells times as people write them', async () => {
    const policy = await load(`
safetyCopy: { maxAge: 2h, bypass: { approver: owner } }
maintenance:
  timeZone: Europe/Berlin
  windows: [{ days: [sat, sun], from: '22:30', to: '04:00' }]
  freezes: [{ from: '2026-12-20T00:00:00+01:00', to: '2027-01-03T00:00:00Z', reason: year end }]
archive:
  - name: archive
    approval: { quorum: { operator: 2 }, typedName: true, coolingOff: 15m }
`);
    expect(policy.safetyCopy).toEqual({ maxAgeMs: 7_200_000, bypass: { approver: 'owner' } });
    expect(policy.maintenance.windows).toEqual([{ days: [6, 0], from: 1_350, to: 240 }]);
    expect(policy.archive[0]?.approval).toMatchObject({ typedName: true, coolingOffMs: 900_000 });
  });

  it.each([
    [
      'maintenance: { timeZone: Middle-earth }',
      /has 1 problem:\n {2}line 3, column 26: maintenance.timeZone: must be an IANA time zone/,
    ],
    [
      'maintenance:\n  windows: [{ from: "25:00", to: "01:00" }]',
      /windows.0.from: must be a time such as/,
    ],
    ['safetyCopy: { bypass: always }', /safetyCopy.bypass/],
    ['archive:\n  - name: x\n    approval: { quorum: {} }', /archive.0.approval/],
    ['demolish: []', /demolish/],
  ])('is refused with the line: %s', async (text, said) => {
    const refusal = await load(text).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidPolicy);
    expect((refusal as InvalidPolicy).message).toMatch(said);
  });

  it('that is not there is refused like one that is wrong', () => {
    expect(() => loadPolicy(path.join(folder, 'nowhere.yaml'))).toThrow(
      /nowhere.yaml has 1 problem:\n.*there is no such file/,
    );
  });
});
