import { describe, expect, it, vi } from 'vitest';
import type { FaultRule, MaplePressSimulator } from '../../../simulators/maplepress/index.js';
import { type Look, walk } from '../../../src/activities/maplepress/walk.js';
import { createSite } from '../../../src/maplepress/index.js';
import { errorOf, simulated } from '../maplepress/support/simulated.js';

const LIST = 'GET /api/v1/sites';
const PAGE = 100;

/** A list of so many pages, and a way through it. */
async function listOf(pages: number) {
  const { sim, maplePress, other } = await simulated();
  sim.addSites((pages - 1) * PAGE + PAGE / 2);
  return {
    sim,
    maplePress,
    other: { maplePress: other },
    walk: (look: Look, signal?: AbortSignal) =>
      walk({ maplePress }, look, { proofInterval: 5 }, signal === undefined ? {} : { signal }),
    /** Walks to the end. @returns the domains it has seen */
    seen: async () => {
      const domains: string[] = [];
      const look: Look = ({ domain }) => domains.push(domain ?? '') === 0;
      await walk({ maplePress }, look, { proofInterval: 5 }, {});
      return domains;
    },
  };
}

const statesAsked = (sim: MaplePressSimulator) =>
  sim
    .calls()
    .filter(({ endpoint }) => endpoint === LIST)
    .map(({ args }) => (args as { page_state?: string }).page_state ?? 'first');
const onList = (
  sim: MaplePressSimulator,
  fault: FaultRule['fault'],
  when: Pick<FaultRule, 'nth' | 'times'>,
) => sim.addFault({ call: { endpoint: LIST }, fault, ...when });
/** Waits until a page was asked for so many times. */
const asked = (sim: MaplePressSimulator, times: number) =>
  vi.waitFor(() => expect(statesAsked(sim)).toHaveLength(times), 20_000);
const forEver: Look = () => false;

describe('a walk through a list of many pages', () => {
  it('ends with what is looked for', async () => {
    const list = await listOf(4);
    const domains = await list.seen();
    expect(new Set(domains).size).toBe(350);
    await list.walk(({ domain }) => domain === domains[120]);
    expect(statesAsked(list.sim)).toHaveLength(4 + 2);
  });

  it('knows a domain with and without www. as one', async () => {
    const { sim, maplePress, walk } = await listOf(1);
    await createSite(maplePress, { siteUrl: 'https://www.Shop.example' });
    sim.addSites(1);
    await walk(({ bare }) => bare === 'shop.example');
  });

  it('asks again for a page that failed, and goes on from there', async () => {
    const { sim, seen } = await listOf(4);
    onList(sim, { kind: 'server_error', status: 503 }, { nth: 3 });
    onList(sim, { kind: 'lose_answer' }, { nth: 5 });
    onList(sim, { kind: 'server_error', status: 500 }, { nth: 6 });
    expect(new Set(await seen()).size).toBe(350);
    const states = statesAsked(sim);
    expect(states).toHaveLength(4 + 3);
    expect(new Set(states).size).toBe(4);
  });

  it('gives up when a page fails again and again, at once when it is the first', async () => {
    const { sim, walk } = await listOf(4);
    onList(sim, { kind: 'rate_limited', retryAfter: 0 }, { nth: 2, times: 100 });
    expect((await errorOf(walk(forEver))).code).toBe('RATE_LIMITED');
    expect(statesAsked(sim)).toHaveLength(1 + 4);
    expect((await errorOf(walk(forEver))).code).toBe('RATE_LIMITED');
    expect(statesAsked(sim)).toHaveLength(1 + 4 + 1);
  });

  it('does not ask again when asking is of no use', async () => {
    const { sim, walk } = await listOf(4);
    onList(sim, { kind: 'wrong_shape' }, { nth: 2 });
    expect((await errorOf(walk(forEver))).code).toBe('BAD_ANSWER');
    expect(statesAsked(sim)).toHaveLength(2);
  });
});

describe('walks of one tenant', () => {
  it('are one for all who ask while another is under way', async () => {
    const { sim, walk, seen } = await listOf(3);
    onList(sim, { kind: 'delay', seconds: 1 }, { nth: 2 });
    const first = walk(forEver);
    await asked(sim, 2);
    const others = Array.from({ length: 20 }, seen);
    let rows = 0;
    const quick = walk(() => (rows += 1) === 7);
    sim.clock.advance(1_000);
    await Promise.all([first, quick]);
    for (const domains of await Promise.all(others)) expect(domains).toHaveLength(250);
    expect(rows).toBe(7);
    expect(statesAsked(sim)).toHaveLength(2 * 3);
  });

  it('are not joined half-way: what was added meanwhile may lie before', async () => {
    const { sim, maplePress, walk, seen } = await listOf(2);
    onList(sim, { kind: 'delay', seconds: 1 }, { nth: 2 });
    const first = walk(forEver);
    await asked(sim, 2);
    const added = Array.from({ length: 10 }, (_, i) => `added-${i}.example`);
    for (const domain of added) await createSite(maplePress, { siteUrl: `https://${domain}` });
    const later = seen();
    sim.clock.advance(1_000);
    await first;
    expect(await later).toEqual(expect.arrayContaining(added));
  });

  it('go on for the others when one gives up', async () => {
    const { sim, walk, seen } = await listOf(3);
    onList(sim, { kind: 'delay', seconds: 1 }, { nth: 2 });
    const giveUp = new AbortController();
    const impatient = walk(forEver, giveUp.signal);
    const patient = seen();
    await asked(sim, 2);
    giveUp.abort();
    expect((await errorOf(impatient)).code).toBe('ABORTED');
    sim.clock.advance(1_000);
    expect(await patient).toHaveLength(250);
    expect(statesAsked(sim)).toHaveLength(3);
  });

  it('end with the last who looks, and hold up nobody', async () => {
    const { sim, walk, seen } = await listOf(3);
    onList(sim, { kind: 'hang' }, { nth: 2 });
    const giveUp = new AbortController();
    const last = walk(forEver, giveUp.signal);
    await asked(sim, 2);
    giveUp.abort();
    expect((await errorOf(last)).code).toBe('ABORTED');
    expect((await errorOf(walk(forEver, giveUp.signal))).code).toBe('ABORTED');
    expect(await seen()).toHaveLength(250);
    expect(statesAsked(sim)).toHaveLength(2 + 3);
  });

  it('fail for all who look', async () => {
    const { sim, walk } = await listOf(1);
    onList(sim, { kind: 'wrong_shape' }, {});
    const errors = await Promise.all([errorOf(walk(forEver)), errorOf(walk(forEver))]);
    expect(errors.map(({ code }) => code)).toEqual(['BAD_ANSWER', 'BAD_ANSWER']);
    await walk(forEver);
  });

  it('wait for no other tenant', async () => {
    const { sim, walk: walkMain, other } = await listOf(2);
    onList(sim, { kind: 'hang' }, { nth: 2 });
    const giveUp = new AbortController();
    const main = walkMain(forEver, giveUp.signal);
    await asked(sim, 2);
    await walk(other, forEver, { proofInterval: 5 }, {});
    giveUp.abort();
    expect((await errorOf(main)).code).toBe('ABORTED');
  });
});
