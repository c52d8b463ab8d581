import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

type Kind =
  | 'add-domain'
  | 'retry-domain'
  | 'remove-domain'
  | 'set-host-name'
  | 'set-redirect'
  | 'unset-redirect';

interface DomainOptions {
  readonly domain: string;
}

const NEEDS_ACTIVE = 'The site must be Active; a domain is named in full.';

const NOTES: Readonly<Record<Kind, readonly string[]>> = {
  'add-domain': [
    'The customer points a CNAME to the site, or an A record to its address; policy says how long it is',
    '  waited for. Until then it can be cancelled, or given up with `resolve … give_up`.',
    'If there is no certificate to be had, the domain is removed again.',
  ],
  'retry-domain': ['Waits for the DNS as add-domain does.'],
  'remove-domain': [
    'Neither the name of the site itself nor its primary domain can be removed.',
    'If the servers do not hear of it, the domain is added again.',
  ],
  'set-host-name': ['If the servers do not hear of it, the one before is the primary one again.'],
  'set-redirect': ['If the proxy does not hear of it, the domain serves the site again.'],
  'unset-redirect': ['If the proxy does not hear of it, the domain redirects again.'],
};

const DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  'add-domain':
    'add a domain of the customer: waits until its DNS points to the site, then for its certificate',
  'retry-domain': 'ask for the certificate of a Broken domain again, as long as Press allows it',
  'remove-domain': 'take a domain of the customer off a site, with its certificate',
  'set-host-name': 'make a domain the primary one; it must be Active',
  'set-redirect': 'send the visitors of a domain to the primary one',
  'unset-redirect': 'let a domain serve the site itself again',
};

function registerDomainKind(program: Command, kind: Kind): void {
  registerOperation<Kind, DomainOptions>(program, {
    kind,
    description: DESCRIPTIONS[kind],
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      command.requiredOption('--domain <domain>', 'full name, e.g. shop.example.com'),
    input: ({ domain }) => ({ domain }),
    examples: [
      `${kind} acme-shop.frappe.cloud --domain shop.example.com --dry-run`,
      `${kind} acme-shop.frappe.cloud --domain shop.example.com --wait`,
    ],
    notes: [NEEDS_ACTIVE, ...NOTES[kind]],
  });
}

/** `sitewright add-domain <site>` and the other five about domains. */
export function registerDomains(program: Command): void {
  for (const kind of Object.keys(DESCRIPTIONS)) registerDomainKind(program, kind as Kind);
}
