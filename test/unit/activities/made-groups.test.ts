import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeGroups } from '../../../src/activities/bench-group/made-groups.js';
import { createPressClock } from '../../../src/frappe-cloud/clock.js';
import { type Account, toNaive } from '../../../src/frappe-cloud/index.js';
import { pressThat } from '../frappe-cloud/support/press-that.js';
import { openBench, openKey } from './fixture.js';

const MINUTE = 60_000;
const TITLE = 'acme 16';
const SITE = 'acme.example.com';
const SENT_AT = Date.parse('2026-11-20T10:00:00Z');

const clock = createPressClock(0);
const titled = (name: string, madeAt: number, owner = 'us@example.com') => ({
  name,
  title: TITLE,
  version: 'Version 16',
  owner,
  creation: toNaive(madeAt, clock),
});
const OURS = titled('ours', SENT_AT + 1_000);
const TWIN = titled('twin', SENT_AT + 2_000);

describe('the groups that an order has made', () => {
  let bench: Awaited<ReturnType<typeof openBench>>;
  beforeAll(async () => (bench = await openBench()));
  afterAll(() => bench.close());

  /** An order that was sent; `known`: its answer named the group "ours". */
  const ordered = async ({ known }: { readonly known: boolean }) => {
    const key = { ...(await openKey(bench.ledger)), step: 'new group' };
    await bench.ledger.beginCommand(key, 'press.api.bench.new', 'hash');
    await bench.ledger.claimCommand(key, 0, SENT_AT);
    if (known) {
      const tracker = { kind: 'bench-group', group: 'ours' } as const;
      const change = { state: 'settled', tracker, evidence: {} } as const;
      await bench.ledger.settleCommand(key, change, {
        key: 'sent',
        type: 'command.sent',
        data: {},
      });
    }
    return key.operationId;
  };
  const look = async (
    operationId: string,
    groups: readonly object[],
    sites: Readonly<Record<string, readonly object[]>> = {},
  ) => {
    const { press } = await pressThat((method, { name }) => {
      if (method === 'press.api.account.me') {
        return { body: { message: { user: 'us@example.com', team: 't' } } };
      }
      const row = { name: 'b', status: 'Active', version: 'Version 16', deployed_on: null };
      const on = sites[String(name)];
      const versions = on === undefined ? [] : [{ ...row, sites: on }];
      return { body: { message: method === 'press.api.bench.versions' ? versions : groups } };
    });
    const account = { ...bench.account, press, clock } as Account;
    const args = { operationId, round: 1, account: 'main', title: TITLE, site: SITE };
    return madeGroups(bench.deps, account, { ...args, begunBy: 'us' }, {});
  };

  it('are all those of one request, also when the answer was lost', async () => {
    const groups = [TWIN, OURS];
    const known = await look(await ordered({ known: true }), groups);
    expect(known).toEqual({ group: 'ours', twins: ['twin'], inUse: [] });
    const lost = await look(await ordered({ known: false }), groups);
    expect(lost).toEqual({ group: 'twin', twins: ['ours'], inUse: [] });
  });

  it.each([
    ['stood before', titled('other', SENT_AT - MINUTE)],
    ['is of somebody else', titled('other', SENT_AT + 2_000, 'them@example.com')],
    ['was made long after', titled('other', SENT_AT + 6 * MINUTE)],
  ])('are not one that %s', async (_, other) => {
    const made = await look(await ordered({ known: true }), [other, OURS]);
    expect(made).toEqual({ group: 'ours', twins: [], inUse: [] });
  });

  it('are for a person when they cannot be of one request', async () => {
    const later = titled('later', SENT_AT + 6 * MINUTE);
    const made = look(await ordered({ known: false }), [later, OURS]);
    await expect(made).rejects.toThrow(/two groups are titled acme 16: later, ours/);
  });

  it('are not given up once they hold sites', async () => {
    const made = await look(await ordered({ known: true }), [TWIN, OURS], {
      twin: [{ name: 'them.example.com', status: 'Active' }],
    });
    expect(made).toEqual({ group: 'ours', twins: [], inUse: ['twin'] });
  });

  it('stay known when they bear the title no more, which may be anybody’s then', async () => {
    const operationId = await ordered({ known: true });
    await look(operationId, [TWIN, OURS]);
    const made = await look(operationId, [titled('theirs', SENT_AT + MINUTE)]);
    expect(made).toEqual({ group: 'ours', twins: ['twin'], inUse: [] });
  });
});
