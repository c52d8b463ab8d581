import type { FaultRule as MaplePressFault } from '../simulators/maplepress/index.js';
import type { FaultRule } from '../simulators/press/index.js';
import type { InputOf, OperationKind, OperationResult, Outcome } from '../src/client.js';

/** One operation of the demo and how it has to end. */
export interface Act<K extends OperationKind = OperationKind> {
  /** What it shows, for a person. */
  readonly shows: string;
  readonly kind: K;
  /** Made when its turn comes, from the results of the acts before it. */
  readonly input: (before: readonly OperationResult[]) => InputOf[K];
  readonly expected: Outcome;
  /** What goes wrong at Press, if anything. */
  readonly faults?: readonly FaultRule[];
  /** What goes wrong at MaplePress, if anything. */
  readonly maplePressFaults?: readonly MaplePressFault[];
  /** Who approves it, one after the other, when policy asks for somebody. */
  readonly approvers?: readonly string[];
}

/** The life of one site: one act after the other. Stories are played side by side. */
export type Story = readonly Act[];

/** Tells the compiler that kind and input belong together. */
const act = <K extends OperationKind>(it: Act<K>): Act => it;

/** A wait for a plugin that is soon over, in days. */
const MOMENT = 2 / 86_400;

const who = { account: 'main', requestedBy: 'billing-service' } as const;
const shared = { ...who, version: 'Version 14', plan: 'USD 25', apps: ['frappe', 'erpnext'] };

/** The lives of some sites, with their accidents. */
export function stories(domain: string): readonly Story[] {
  const site = (subdomain: string) => `${subdomain}.${domain}`;
  return [
    wholeLife(site('acme-works')),
    largeAndRestored(site('acme-large')),
    lostAndFatal(site('acme-lost')),
    ownBench(site('acme-private')),
    broken(site('acme-breaks')),
    noBench(),
    wordPress('shop.acme.example'),
  ];
}

/** From the first day to the last one, and back. */
function wholeLife(site: string): Story {
  return [
    act({
      shows: 'a site that just works',
      kind: 'provision',
      input: () => ({ ...shared, subdomain: 'acme-works' }),
      expected: 'succeeded',
    }),
    act({
      shows: 'the next major version, after a safety copy',
      kind: 'upgrade',
      input: () => ({ ...who, site }),
      approvers: ['dana'],
      expected: 'succeeded',
    }),
    act({
      shows: 'taken away by two people, with a copy in the vault',
      kind: 'archive',
      input: () => ({ ...who, site }),
      approvers: ['dana', 'kim'],
      expected: 'succeeded',
    }),
    act({
      shows: 'made again from that copy, under its old name',
      kind: 'unarchive',
      input: () => ({ ...who, site }),
      expected: 'succeeded_with_exceptions',
    }),
  ];
}

/** An upgrade that Press takes back by itself, and a restore. */
function largeAndRestored(site: string): Story {
  return [
    act({
      shows: 'a plan that a second person must approve',
      kind: 'provision',
      input: () => ({ ...shared, subdomain: 'acme-large', plan: 'USD 100' }),
      approvers: ['dana'],
      expected: 'succeeded',
    }),
    act({
      shows: 'an upgrade that fails, and that Press puts back: no success',
      kind: 'upgrade',
      input: () => ({ ...who, site }),
      approvers: ['dana'],
      faults: [failsAt(site, 'Update Site Migrate', 'Migrate Site')],
      expected: 'rolled_back',
    }),
    act({
      shows: 'the copy of before the upgrade put back, with approval',
      kind: 'restore',
      input: (before) => ({ ...who, site, from: { copy: copyOf(before) } }),
      approvers: ['dana'],
      expected: 'succeeded',
    }),
  ];
}

/** An upgrade that Press cannot take back: the safety copy does. */
function lostAndFatal(site: string): Story {
  return [
    act({
      shows: 'an answer that gets lost, and is found instead of sent again',
      kind: 'provision',
      input: () => ({ ...shared, subdomain: 'acme-lost' }),
      faults: [
        {
          call: { method: 'press.api.site.new', body: { 'site.name': 'acme-lost' } },
          fault: { kind: 'lose_answer' },
        },
      ],
      expected: 'succeeded',
    }),
    act({
      shows: 'an upgrade that goes fatal, restored from its safety copy',
      kind: 'upgrade',
      input: () => ({ ...who, site }),
      approvers: ['dana'],
      faults: [
        failsAt(site, 'Update Site Migrate', 'Migrate Site'),
        failsAt(site, 'Recover Failed Site Migrate', 'Restore Touched Tables'),
      ],
      expected: 'rolled_back',
    }),
  ];
}

/** A bench of its own, and another one for the next version that cannot be built. */
function ownBench(site: string): Story {
  const title = 'acme-private-next';
  return [
    act({
      shows: 'a site with a bench of its own: image, bench, site',
      kind: 'provision',
      input: () => ({ ...shared, subdomain: 'acme-private', plan: 'USD 200 Private' }),
      approvers: ['dana'],
      expected: 'succeeded',
    }),
    act({
      shows: 'an upgrade whose new bench cannot be built: nothing is left of it',
      kind: 'upgrade',
      input: () => ({ ...who, site, newBench: { title } }),
      approvers: ['dana'],
      faults: [buildFails(title)],
      expected: 'rolled_back',
    }),
  ];
}

function broken(site: string): Story {
  const output = 'frappe.exceptions.ValidationError: erpnext could not be installed';
  return [
    act({
      shows: 'an installation that breaks, and is cleaned up',
      kind: 'provision',
      input: () => ({ ...shared, subdomain: 'acme-breaks' }),
      faults: [
        {
          job: { jobType: 'New Site', site },
          fault: { kind: 'fail_step', step: 'Install Apps', output },
        },
      ],
      expected: 'rolled_back',
    }),
  ];
}

function noBench(): Story {
  return [
    act({
      shows: 'a bench whose build fails, and nothing is left behind',
      kind: 'provision',
      input: () => ({ ...shared, subdomain: 'acme-nobench', plan: 'USD 200 Private' }),
      faults: [buildFails('acme-nobench')],
      approvers: ['dana'],
      expected: 'rolled_back',
    }),
  ];
}

/** A WordPress site: key and token lost on the way, so that it is taken off, registered anew, and used. */
function wordPress(site: string): Story {
  const siteUrl = `https://${site}`;
  return [
    act({
      shows: 'a WordPress site whose key and token get lost on the way: located, given another key',
      kind: 'maplepress-register',
      input: () => ({ ...who, siteUrl, patienceDays: MOMENT }),
      maplePressFaults: [
        {
          call: { endpoint: 'POST /api/v1/sites', body: { site_url: siteUrl } },
          fault: { kind: 'lose_answer' },
        },
      ],
      expected: 'succeeded_with_exceptions',
    }),
    act({
      shows: 'there is no other token: taken off by two people, what it had kept in the ledger',
      kind: 'maplepress-delete',
      input: () => ({ ...who, site }),
      approvers: ['dana', 'kim'],
      expected: 'succeeded',
    }),
    act({
      shows: 'registered anew: key and token handed over, its plugin verifies it',
      kind: 'maplepress-register',
      input: () => ({ ...who, siteUrl }),
      expected: 'succeeded',
    }),
    act({
      shows: 'another key, with approval: the plugin is waited for',
      kind: 'maplepress-rotate-key',
      input: () => ({ ...who, site }),
      approvers: ['dana'],
      expected: 'succeeded',
    }),
  ];
}

const failsAt = (site: string, jobType: string, step: string): FaultRule => ({
  job: { jobType, site },
  fault: { kind: 'fail_step', step },
});

const buildFails = (title: string): FaultRule => ({
  build: { title },
  fault: { kind: 'fail', error: 'erpnext: npm ERR! code ELIFECYCLE' },
  times: 'always',
});

/** The newest safety copy that the acts before have made. */
function copyOf(before: readonly OperationResult[]): string {
  const made = before.flatMap(({ details }) => details['safetyCopy'] ?? []);
  return made.at(-1) ?? '(no copy)';
}
