import type { Command } from 'commander';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

interface Options {
  readonly update?: string;
  readonly at?: string;
  readonly skipBackups?: boolean;
  readonly skipFailingPatches?: boolean;
}

const SUBJECT = { name: 'site', help: SITE_HELP } as const;
const UPDATE = '--update <name>';
const UPDATE_HELP = 'Site Update at Press (default: the one that is scheduled)';

/** `sitewright edit-scheduled-update <site>`. */
export function registerEditScheduledUpdate(program: Command): void {
  registerOperation<'edit-scheduled-update', Options>(program, {
    kind: 'edit-scheduled-update',
    description: 'change when an update that Press has scheduled begins, or how it is done',
    subject: SUBJECT,
    options: (command) =>
      command
        .option(UPDATE, UPDATE_HELP)
        .option('--at <time>', 'ISO time with its offset (default: as it is)')
        .option('--skip-backups', 'without a backup of Press before (default: as it is)')
        .option('--no-skip-backups', 'with a backup of Press before')
        .option('--skip-failing-patches', 'leave out patches that fail (default: as it is)')
        .option('--no-skip-failing-patches', 'stop at a patch that fails'),
    input: editInput,
    examples: [
      'edit-scheduled-update acme-shop.frappe.cloud --at 2026-12-01T22:00:00Z --dry-run',
      'edit-scheduled-update acme-shop.frappe.cloud --at 2026-12-01T22:00:00+01:00 --no-skip-backups --wait',
    ],
    notes: [
      'The update must be Scheduled, and the time still to come.',
      'Without a backup there is no way back from the update: policy may have somebody approve that.',
    ],
  });
}

/** `sitewright cancel-scheduled-update <site>`. */
export function registerCancelScheduledUpdate(program: Command): void {
  registerOperation<'cancel-scheduled-update', Options>(program, {
    kind: 'cancel-scheduled-update',
    description: 'withdraw an update that Press has scheduled and not begun',
    subject: SUBJECT,
    options: (command) => command.option(UPDATE, UPDATE_HELP),
    input: ({ update }) => ({ ...(update !== undefined && { update }) }),
    examples: [
      'cancel-scheduled-update acme-shop.frappe.cloud --wait',
      'cancel-scheduled-update acme-shop.frappe.cloud --update d57n34dp08',
    ],
    notes: ['The update must be Scheduled; one that has begun ends by itself.'],
  });
}

/** What was said, as members of an input; what was not said stays as it is. */
export function editInput({ update, at, skipBackups, skipFailingPatches }: Options) {
  return {
    ...(update !== undefined && { update }),
    ...(at !== undefined && { at }),
    ...(skipBackups !== undefined && { skipBackups }),
    ...(skipFailingPatches !== undefined && { skipFailingPatches }),
  };
}
