import type { Command } from 'commander';
import type { MoveSiteInput } from '../../domain/inputs.js';
import { registerOperation } from '../operation-command.js';
import {
  addAt,
  addSiteChange,
  SITE_HELP,
  siteChangeInput,
  type SiteChangeOptions,
} from '../site-change-options.js';

interface MoveOptions extends SiteChangeOptions {
  readonly group?: string;
  readonly server?: string;
  readonly region?: string;
}

/** `sitewright move <site>`: to another server, bench group or region. */
export function registerMove(program: Command): void {
  registerOperation<'move', MoveOptions>(program, {
    kind: 'move',
    description: 'move a site to another server, bench group or region, with a safety copy before',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      addAt(
        addSiteChange(
          command
            .option('--group <name>', 'bench group of ours, of the version of the site')
            .option('--server <name>', 'server (default: the one that it stands on)')
            .option('--region <name>', 'region, within its bench group; nothing else then'),
        ),
      ),
    input: moveInput,
    examples: [
      'move acme-shop.frappe.cloud --group bench-0042 --dry-run',
      'move acme-shop.frappe.cloud --server f9-mumbai.frappe.cloud --at window',
      'move acme-shop.frappe.cloud --region Frankfurt --reason "closer to them"',
    ],
    notes: [
      'What Press offers depends on the site: --dry-run with any destination lists its bench groups,',
      '  servers and regions, by name and title. `sitewright site <site>` tells where it stands.',
      'The site must be Active, and its custom domains must work. It is down while it is moved.',
      'A backup is made and brought into the vault before. Once the move has begun there is no way back',
      '  by hand: when it fails Press puts the site back, else the copy is restored.',
      'Policy says who has to agree first: `sitewright policy explain --kind move`.',
    ],
  });
}

/** What the options say. */
export function moveInput({
  group,
  server,
  region,
  ...change
}: MoveOptions): Omit<MoveSiteInput, 'account' | 'requestedBy' | 'site'> {
  return {
    ...siteChangeInput(change),
    ...(group !== undefined && { group }),
    ...(server !== undefined && { server }),
    ...(region !== undefined && { cluster: region }),
  };
}
