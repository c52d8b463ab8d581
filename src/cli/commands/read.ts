import type { Command } from 'commander';
import { addAccount, type EstateOptions } from '../estate/options.js';
import { show } from '../estate/show.js';
import { addExamples, addJson, addNotes, collect } from '../options.js';
import { toArguments } from '../read-arguments.js';

interface ReadOptions extends EstateOptions {
  readonly list?: boolean;
  readonly arg?: readonly string[];
}

/** `sitewright read`: what Frappe Cloud tells and no other command shows. */
export function registerRead(program: Command): void {
  const command = program
    .command('read')
    .description('ask Frappe Cloud something that no other command shows; changes nothing')
    .argument('[endpoint]', 'as `--list` names it')
    .option('--list', 'what can be asked, and with which arguments')
    .option('--arg <key=value>', 'an argument of it; repeatable', collect);
  addExamples(addJson(addAccount(command)), [
    'read --list',
    'read press.api.billing.get_payment_methods',
    'read Site.fetch_database_processes --arg site=acme-shop.example.com',
    'read press.api.site.check_dns --arg site=acme-shop.example.com --arg domain=shop.acme.com --json',
  ]);
  addNotes(command, [
    'What changes something is an operation. Every endpoint: docs/frappe-cloud-api.md.',
    'Times in an answer are as Frappe Cloud tells them, in its own zone.',
  ]).action((endpoint: string | undefined, { account, list, arg, ...options }: ReadOptions) => {
    if (endpoint === undefined || list === true) return listReads({ account, ...options });
    return show(options, {
      read: ({ estate, nameOf }) => estate.read(account, endpoint, toArguments(arg, nameOf)),
      render: async () => (await import('../estate/render-reads.js')).renderAnswer,
    });
  });
}

function listReads(options: EstateOptions): Promise<void> {
  return show(options, {
    read: ({ estate }) => estate.reads(),
    render: async () => (await import('../estate/render-reads.js')).renderReads,
  });
}
