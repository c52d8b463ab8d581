import type { Moment } from '../row.js';
import { ADD_DOMAIN, RETRY_DOMAIN } from './calls.js';
import { type AdjustmentRow, makeSiteOf, PLAIN, withDomain } from './common.js';
import { rowOf } from './sending.js';

const NOTHING = { effects: [], left: PLAIN, ledger: [] } as const;

/** The DNS is waited for, and the site is left to others. */
const waits: Moment = (_, { choices }) => choices.includes('give_up');

/** The customer's DNS, which is waited for. */
export const dnsRows: readonly AdjustmentRow[] = [
  rowOf(ADD_DOMAIN, {
    step: 'dns',
    accident: 'it comes late',
    before: makeSiteOf(),
    acts: [
      {
        do: 'meddle',
        when: waits,
        deed: ({ harness, site, domain }) => harness.simulator.setDns(domain, { CNAME: [site] }),
      },
    ],
    expect: ADD_DOMAIN.done,
  }),
  rowOf(ADD_DOMAIN, {
    step: 'dns',
    accident: 'it does not come in time',
    world: 'impatient with DNS',
    before: makeSiteOf(),
    expect: { outcome: 'refused', ...NOTHING },
  }),
  rowOf(ADD_DOMAIN, {
    step: 'dns',
    accident: 'a person gives it up',
    before: makeSiteOf(),
    acts: [
      {
        do: 'meddle',
        when: waits,
        deed: async ({ harness, site }) => {
          await harness.client.resolve(site, 'give_up', { by: 'kim' });
        },
      },
    ],
    expect: { outcome: 'refused', ...NOTHING, ledger: ['says: give_up'] },
  }),
  rowOf(ADD_DOMAIN, {
    step: 'dns',
    accident: 'cancelled while it is waited for',
    before: makeSiteOf(),
    acts: [{ do: 'cancel', when: waits }],
    expect: { outcome: 'cancelled', ...NOTHING },
  }),
  rowOf(ADD_DOMAIN, {
    step: 'add domain',
    accident: 'there is no certificate to be had: the domain is removed',
    before: async (scene) => {
      await makeSiteOf()(scene);
      scene.harness.simulator.setDns(scene.domain, { CNAME: [scene.site], certificate: false });
    },
    expect: {
      outcome: 'rolled_back',
      effects: ['domain.add', 'domain.remove'],
      left: PLAIN,
      ledger: ['add domain sent', 'back: remove domain sent'],
      says: /no certificate/,
    },
  }),
  rowOf(RETRY_DOMAIN, {
    step: 'retry domain',
    accident: 'there is no certificate to be had again: it is Broken as before',
    before: async (scene) => {
      await withDomain([], false)(scene);
      scene.harness.simulator.setDns(scene.domain, { CNAME: [scene.site], certificate: false });
    },
    expect: {
      outcome: 'rolled_back',
      effects: ['domain.retry'],
      left: `${PLAIN}; its domain Broken`,
      ledger: ['retry domain sent'],
      says: /no certificate/,
    },
  }),
];
