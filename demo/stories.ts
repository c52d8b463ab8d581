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
  readonly fault?: FaultRule;
  /** Who approves it, one after the other, when policy asks for somebody. */
  readonly approvers?: readonly string[];
}

/** The life of one site: one act after the other. Stories are played side by side. */
export type Story = readonly Act[];

const who = { account: 'main', requestedBy: 'billing-service' } as const;
const shared = { ...who, version: 'Version 15', plan: 'USD 25', apps: ['frappe', 'erpnext'] };

/** Tells the compiler that kind and input belong together. */
const act = <K extends OperationKind>(it: Act<K>): Act => it;

/** The lives of some sites, with their accidents. */
export function stories(domain: string): readonly Story[] {
  return [worksFor(`acme-works.${domain}`), ...accidents(domain)];
}

/** From the first day to the last one, and back. */
function worksFor(site: string): Story {
  return [
    act({
      shows: 'a site that just works',
      kind: 'provision',
      input: () => ({ ...shared, subdomain: 'acme-works' }),
      expected: 'succeeded',
    }),
  ];
}

function accidents(domain: string): readonly Story[] {
  return [
    [
      act({
        shows: 'a plan that a second person must approve',
        kind: 'provision',
        input: () => ({ ...shared, subdomain: 'acme-large', plan: 'USD 100' }),
        approvers: ['dana'],
        expected: 'succeeded',
      }),
    ],
    [
      act({
        shows: 'an installation that breaks, and is cleaned up',
        kind: 'provision',
        input: () => ({ ...shared, subdomain: 'acme-breaks' }),
        fault: {
          job: { jobType: 'New Site', site: `acme-breaks.${domain}` },
          fault: {
            kind: 'fail_step',
            step: 'Install Apps',
            output: 'frappe.exceptions.ValidationError: erpnext could not be installed',
          },
        },
        expected: 'rolled_back',
      }),
    ],
    [
      act({
        shows: 'an answer that gets lost, and is found instead of sent again',
        kind: 'provision',
        input: () => ({ ...shared, subdomain: 'acme-lost' }),
        fault: {
          call: { method: 'press.api.site.new', body: { 'site.name': 'acme-lost' } },
          fault: { kind: 'lose_answer' },
        },
        expected: 'succeeded',
      }),
    ],
    [
      act({
        shows: 'a site with a bench of its own: image, bench, site',
        kind: 'provision',
        input: () => ({ ...shared, subdomain: 'acme-private', plan: 'USD 200 Private' }),
        approvers: ['dana'],
        expected: 'succeeded',
      }),
    ],
    [
      act({
        shows: 'a bench whose build fails, and nothing is left behind',
        kind: 'provision',
        input: () => ({ ...shared, subdomain: 'acme-nobench', plan: 'USD 200 Private' }),
        fault: {
          build: { title: 'acme-nobench' },
          fault: { kind: 'fail', error: 'erpnext: npm ERR! code ELIFECYCLE' },
          times: 'always',
        },
        approvers: ['dana'],
        expected: 'rolled_back',
      }),
    ],
  ];
}
