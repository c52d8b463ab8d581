import type { Command } from 'commander';
import { InvalidInput } from '../../errors.js';
import type { TransferSiteInput } from '../../domain/inputs.js';
import { registerOperation } from '../operation-command.js';
import { SITE_HELP } from '../site-change-options.js';

interface TransferOptions {
  readonly to: string;
  readonly patience?: string;
}

/** `sitewright transfer <site>`: gives it to another team. */
export function registerTransfer(program: Command): void {
  registerOperation<'transfer', TransferOptions>(program, {
    kind: 'transfer',
    description: 'give a site to another team, whose owner is mailed a link and has to follow it',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      command
        .requiredOption('--to <login>', 'login (e-mail) of the owner of the receiving team')
        .option('--patience <days>', 'how many days to wait for the confirmation (default: 14)'),
    input: transferInput,
    examples: [
      'transfer acme-shop.frappe.cloud --to owner@acme.example --dry-run',
      'transfer acme-shop.frappe.cloud --to owner@acme.example --reason "as agreed" --patience 3',
    ],
    notes: [
      'THERE IS NO WAY BACK: once the link is mailed nothing withdraws it, and when it was followed the',
      '  site and its backups at Frappe Cloud are theirs alone.',
      'Whether the login owns a team only sending tells: after the approvals. Ask them for it first.',
      'Somebody in the member table of that team has to follow the link; being its owner is not enough.',
      'Apps that the site pays for go on being paid for by the old team: --dry-run lists them.',
      'Policy says who has to agree first: `sitewright policy explain --kind transfer`. `watch` tells',
      '  when they have confirmed; `resolve <site> give_up` ends the wait, not the link.',
    ],
  });
}

/** What the options say. @throws InvalidInput */
export function transferInput({
  to,
  patience,
}: TransferOptions): Pick<TransferSiteInput, 'to' | 'patienceDays'> {
  const patienceDays = patience === undefined ? undefined : Number(patience);
  if (patienceDays !== undefined && Number.isNaN(patienceDays)) {
    throw new InvalidInput([{ path: 'patience', message: 'must be a number of days' }]);
  }
  return { to, ...(patienceDays !== undefined && { patienceDays }) };
}
