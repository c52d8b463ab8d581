import { describe, expect, it } from 'vitest';
import type { PressSimulator } from '../../../simulators/press/index.js';
import { type Account, checkContract, type Finding } from '../../../src/frappe-cloud/index.js';
import { PROBES } from '../../../src/frappe-cloud/contract/probes.js';
import { SURFACE } from '../../../src/frappe-cloud/surface/index.js';
import { pressErrorOf } from './support/failing.js';
import { simulatedPress } from './support/simulated-press.js';
import { simulatedSite } from './support/simulated-site.js';

let sim: PressSimulator;
let account: Account;

async function anEmptyAccount(): Promise<void> {
  ({ sim, account } = await simulatedPress());
}

async function withSite(): Promise<void> {
  ({ sim, account } = await simulatedSite());
  sim.addInvoice(account.team, { amount: 10, monthsAgo: 1 });
}

async function findings(): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const check = await checkContract(account);
  for await (const finding of check.findings) found.push(finding);
  expect(found).toHaveLength(check.reads);
  return found;
}

const not = (verdict: Finding['verdict'], all: readonly Finding[]) =>
  all.filter((finding) => finding.verdict !== verdict);

describe('the contract check', () => {
  it('finds nothing wrong with the simulator, and changes nothing in it', async () => {
    await withSite();
    const before = sim.effects().length;
    const all = await findings();
    expect(all).toHaveLength(PROBES.length);
    // The bench group is Press's own: what is read of groups is read of one's own only.
    expect(not('as_expected', all).map(({ verdict, detail }) => `${verdict}: ${detail}`)).toEqual([
      'skipped: the account has no group',
      'skipped: the account has no group',
      'skipped: the account has no group',
    ]);
    expect(sim.effects()).toHaveLength(before);
  });

  it('leaves out what an empty account has nothing for', async () => {
    await anEmptyAccount();
    const all = await findings();
    expect(all.filter(({ verdict }) => !['as_expected', 'skipped'].includes(verdict))).toEqual([]);
    expect(all.find(({ endpoint }) => endpoint === 'press.api.site.get')).toMatchObject({
      verdict: 'skipped',
      detail: 'the account has no site',
    });
  });

  it('names an answer of another shape, and fields that it misses, never values', async () => {
    await withSite();
    sim.addFault({
      call: { method: 'press.api.site.current_plan' },
      fault: { kind: 'wrong_shape', body: { message: { current_plan: 'hush' } } },
    });
    const changed = (await findings()).filter(({ verdict }) => verdict === 'shape_changed');
    expect(changed).toMatchObject([{ endpoint: 'press.api.site.current_plan' }]);
    expect(changed[0]?.detail).toMatch(/unexpected shape of the answer: /);
    expect(changed[0]?.detail).not.toContain('hush');
  });

  it('tells a refusal from a failure', async () => {
    await withSite();
    const method = (name: string) => ({ method: `press.api.billing.${name}` });
    sim.addFault({
      call: method('billing_forecast'),
      fault: { kind: 'exception', excType: 'PermissionError', status: 403, message: 'no role' },
    });
    sim.addFault({
      call: method('get_summary'),
      fault: { kind: 'exception', excType: 'KeyError' },
      times: 'always',
    });
    expect(not('as_expected', await findings())).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          endpoint: 'press.api.billing.billing_forecast',
          verdict: 'refused',
        }),
        expect.objectContaining({ endpoint: 'press.api.billing.get_summary', verdict: 'failed' }),
      ]),
    );
  });

  it('says so when the account cannot be read at all', async () => {
    await anEmptyAccount();
    sim.addFault({
      call: { method: 'press.api.site.get_domain' },
      fault: { kind: 'exception', excType: 'AuthenticationError', status: 401 },
      times: 'always',
    });
    expect(await pressErrorOf(findings())).toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('asks only what changes nothing', () => {
    const rows = new Map(
      SURFACE.flatMap((group) => group.rows).map((row) => [row.endpoint, row.danger]),
    );
    const dangers = PROBES.map(({ endpoint }) => rows.get(endpoint) ?? 'read');
    expect(dangers.filter((danger) => danger !== 'read' && danger !== 'secret')).toEqual([]);
  });
});
