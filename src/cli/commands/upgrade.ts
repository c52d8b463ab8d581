import type { Command } from 'commander';
import { branchesOf } from '../branches.js';
import { registerOperation } from '../operation-command.js';
import { collect } from '../options.js';
import {
  addAt,
  addSiteChange,
  SITE_HELP,
  siteChangeInput,
  type SiteChangeOptions,
} from '../site-change-options.js';

interface Options extends SiteChangeOptions {
  readonly version?: string;
  readonly group?: string;
  readonly newBench?: string | true;
  readonly branch?: readonly string[];
}

/** `sitewright upgrade <site>`: to the next major version. */
export function registerUpgrade(program: Command): void {
  registerOperation<'upgrade', Options>(program, {
    kind: 'upgrade',
    description: 'bring a site to the next major version, with a safety copy before',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      addAt(
        addSiteChange(
          command
            .option('--version <version>', 'e.g. "Version 16" (default: the next one)')
            .option('--group <group>', 'private bench group of ours to move to')
            .option('--new-bench [title]', 'build a private bench for it')
            .option('--branch <app=branch>', 'branch of a custom app there; repeatable', collect),
        ),
      ),
    input,
    examples: [
      'upgrade acme-shop.frappe.cloud --dry-run',
      'upgrade acme-shop.frappe.cloud --wait',
      'upgrade acme-shop.frappe.cloud --group bench-0042 --at window',
      'upgrade acme-shop.frappe.cloud --at 2026-12-05T22:00:00+01:00',
    ],
  });
}

/** @throws InvalidInput */
function input(options: Options): object {
  const { version, group, newBench, branch = [] } = options;
  return {
    ...siteChangeInput(options),
    ...(version !== undefined && { version }),
    ...(group !== undefined && { group }),
    ...(newBench !== undefined && { newBench: newBench === true ? {} : { title: newBench } }),
    ...(branch.length > 0 && { branches: branchesOf(branch) }),
  };
}
