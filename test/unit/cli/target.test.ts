import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../../src/cli/ledger-reading.js';
import type { Session } from '../../../src/cli/session.js';
import { locate, type Takes } from '../../../src/cli/target.js';
import { TAKES } from '../../../src/cli/verdict.js';
import type { ListFilter } from '../../../src/client.js';
import { NotFound } from '../../../src/errors.js';
import type { Ledger, OperationRow } from '../../../src/ledger/types.js';

const SITE = 'acme-shop.frappe.cloud';

/** An installation with one operation, `0f3a`, of one site. */
function installation(stack: { readonly domain: string } | null): Session {
  const list = async ({ site }: ListFilter) => (site === SITE ? [{ operationId: '0f3a' }] : []);
  return { client: { list }, stack } as unknown as Session;
}

describe('naming an operation to Temporal', () => {
  const remote = installation(null);
  const local = installation({ domain: 'frappe.cloud' });

  it('takes a site, an operation or a workflow id as it is', async () => {
    for (const name of [SITE, '0f3a', `provision:${SITE}:0f3a`]) {
      expect(await locate(remote, name, {})).toBe(name);
    }
  });

  it('takes the operation, when it is one of the site', async () => {
    expect(await locate(remote, SITE, { operation: '0f3a' })).toBe('0f3a');
    const other = locate(remote, 'other.example.com', { operation: '0f3a' });
    await expect(other).rejects.toThrow(NotFound);
  });

  it('completes a name with the domain of the local stack, when there is such a site', async () => {
    expect(await locate(local, 'acme-shop', {})).toBe(SITE);
    expect(await locate(local, 'order-4711', {})).toBe('order-4711');
    expect(await locate(remote, 'acme-shop', {})).toBe('acme-shop');
  });
});

describe('an operation that is to be told something', () => {
  const states = { a1: 'waiting_approval', b2: 'running', c3: 'waiting_approval' } as const;
  const openOnes = (...ids: readonly (keyof typeof states)[]) => {
    const list = async () => ids.map((id) => ({ operationId: id, workflowId: `x:${SITE}:${id}` }));
    const status = async (workflowId: string) => {
      const state = Object.entries(states).find(([id]) => workflowId.endsWith(id))?.[1];
      return { state };
    };
    return { client: { list, status }, stack: null } as unknown as Session;
  };
  const waits: Takes = ({ state }) => state === 'waiting_approval';

  it('is the one of several that waits for it', async () => {
    expect(await locate(openOnes('a1', 'b2'), SITE, {}, waits)).toBe('a1');
    expect(await locate(openOnes('b2', 'a1'), SITE, {}, waits)).toBe('a1');
  });

  it('is for the client to tell, when several wait, or none, or there is one', async () => {
    expect(await locate(openOnes('a1', 'b2', 'c3'), SITE, {}, waits)).toBe(SITE);
    expect(await locate(openOnes('b2', 'b2'), SITE, {}, waits)).toBe(SITE);
    expect(await locate(openOnes('b2'), SITE, {}, waits)).toBe(SITE);
    expect(await locate(openOnes('a1', 'b2'), SITE, {})).toBe(SITE);
  });

  it.each(['approve', 'reject'] as const)(
    'to %s: one that is still planned may be meant',
    (verdict) => {
      const approval = { missing: ['operator'], counted: [] };
      const takes = (state: string, asked: object | null) =>
        TAKES[verdict]({ state, approval: asked } as unknown as Parameters<Takes>[0]);
      expect(takes('waiting_approval', approval)).toBe(true);
      expect(takes('preflight', null)).toBe(true);
      expect(takes('running', approval)).toBe(false);
    },
  );

  it('may be one that does not answer', async () => {
    const known = openOnes('a1', 'b2');
    const status = async (id: string) => {
      if (id.endsWith('b2')) throw new Error('no worker answers');
      return { state: 'waiting_approval' };
    };
    const silent = { ...known, client: { ...known.client, status } } as unknown as Session;
    expect(await locate(silent, SITE, {}, waits)).toBe(SITE);
  });
});

describe('naming operations to the ledger', () => {
  const rows = ['2', '1'].map((operationId) => ({ operationId, site: SITE })) as OperationRow[];
  const ledger: Pick<Ledger, 'getOperation' | 'findOperations'> = {
    getOperation: async (id) => rows.find(({ operationId }) => operationId === id) ?? null,
    findOperations: async ({ site }) => rows.filter((row) => row.site === site),
  };
  const idsOf = async (name: string, operation?: string, domain?: string) => {
    const of = { domain, ...(operation !== undefined && { operation }) };
    return (await recordsOf(ledger, name, of)).map(({ operationId }) => operationId);
  };

  it('finds one, or all of a site, the oldest first', async () => {
    expect(await idsOf('2')).toEqual(['2']);
    expect(await idsOf(`provision:${SITE}:2`)).toEqual(['2']);
    expect(await idsOf(SITE)).toEqual(['1', '2']);
    expect(await idsOf('acme-shop', '1', 'frappe.cloud')).toEqual(['1']);
  });

  it('knows a domain by the spelling of registries, too', async () => {
    const known = { ...ledger, findOperations: async ({ site }: { site?: string }) => sites(site) };
    const sites = (site = '') => (site === 'xn--mnchen-3ya.example' ? rows.slice(0, 1) : []);
    const of = { domain: undefined };
    expect(await recordsOf(known, 'münchen.example', of)).toHaveLength(1);
    await expect(recordsOf(known, 'minchen.example', of)).rejects.toThrow(NotFound);
  });

  it('refuses what is not there', async () => {
    await expect(idsOf('acme-shop')).rejects.toThrow(NotFound);
    await expect(idsOf(SITE, '3')).rejects.toThrow(`no operation 3 of ${SITE}`);
  });
});
