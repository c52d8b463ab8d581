import type { FaultRule } from '../simulators/press/index.js';
import type { Outcome, ProvisionSiteInput } from '../src/client.js';

/** One operation of the demo and how it has to end. */
export interface Scenario {
  /** What it shows, for a person. */
  readonly shows: string;
  readonly input: ProvisionSiteInput;
  readonly expected: Outcome;
  /** What goes wrong at Press, if anything. */
  readonly fault?: FaultRule;
  /** Who approves it, when policy asks for somebody. */
  readonly approver?: string;
}

const shared = {
  account: 'main',
  requestedBy: 'billing-service',
  version: 'Version 15',
  plan: 'USD 25',
  apps: ['frappe', 'erpnext'],
} as const;

/** The life of a site, with its accidents. */
export function scenarios(domain: string): readonly Scenario[] {
  return [
    {
      shows: 'a site that just works',
      input: { ...shared, subdomain: 'acme-works' },
      expected: 'succeeded',
    },
    {
      shows: 'a plan that a second person must approve',
      input: { ...shared, subdomain: 'acme-large', plan: 'USD 100' },
      approver: 'dana',
      expected: 'succeeded',
    },
    {
      shows: 'an installation that breaks, and is cleaned up',
      input: { ...shared, subdomain: 'acme-breaks' },
      fault: {
        job: { jobType: 'New Site', site: `acme-breaks.${domain}` },
        fault: {
          kind: 'fail_step',
          step: 'Install Apps',
          output: 'frappe.exceptions.ValidationError: erpnext could not be installed',
        },
      },
      expected: 'rolled_back',
    },
    {
      shows: 'an answer that gets lost, and is found instead of sent again',
      input: { ...shared, subdomain: 'acme-lost' },
      fault: {
        call: { method: 'press.api.site.new', body: { 'site.name': 'acme-lost' } },
        fault: { kind: 'lose_answer' },
      },
      expected: 'succeeded',
    },
    {
      shows: 'a site with a bench of its own: image, bench, site',
      input: { ...shared, subdomain: 'acme-private', plan: 'USD 200 Private' },
      approver: 'dana',
      expected: 'succeeded',
    },
    {
      shows: 'a bench whose build fails, and nothing is left behind',
      input: { ...shared, subdomain: 'acme-nobench', plan: 'USD 200 Private' },
      fault: {
        build: { title: 'acme-nobench' },
        fault: { kind: 'fail', error: 'erpnext: npm ERR! code ELIFECYCLE' },
        times: 'always',
      },
      approver: 'dana',
      expected: 'rolled_back',
    },
  ];
}
