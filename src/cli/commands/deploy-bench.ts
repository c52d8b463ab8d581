import { type Command, InvalidArgumentError } from 'commander';
import { branchesOf } from '../branches.js';
import { registerOperation } from '../operation-command.js';
import { collect } from '../options.js';

interface Options {
  readonly apps?: string;
  readonly branch?: readonly string[];
  readonly sites?: string;
  readonly errorBudget?: number;
  readonly skipFailingPatches?: boolean;
}

/** `sitewright deploy-bench <group>`: new code for a bench group, and its sites onto it. */
export function registerDeployBench(program: Command): void {
  registerOperation<'deploy-bench', Options>(program, {
    kind: 'deploy-bench',
    description: 'deploy what has changed in a bench group, and update its sites',
    subject: { name: 'group', help: 'bench group of this team, e.g. bench-0042' },
    options: (command) =>
      command
        .option('--apps <apps>', 'apps to update, with commas between (default: all that changed)')
        .option('--branch <app=branch>', 'take an app from this branch; repeatable', collect)
        .option('--sites <sites>', 'all, or names with commas between (default: none)')
        .option('--error-budget <n>', 'begin no more sites after n have failed', count)
        .option('--skip-failing-patches', 'leave out patches that fail, where policy allows it'),
    input,
    examples: [
      'deploy-bench bench-0042 --dry-run',
      'deploy-bench bench-0042 --sites all --error-budget 3 --wait',
      'deploy-bench bench-0042 --apps shop_app --sites acme-shop.frappe.cloud',
      'deploy-bench bench-0042 --branch shop_app=next',
    ],
  });
}

/** @throws InvalidInput */
function input({ apps, branch = [], sites, errorBudget, skipFailingPatches }: Options): object {
  return {
    ...(apps !== undefined && { apps: listOf(apps) }),
    ...(branch.length > 0 && { branches: branchesOf(branch) }),
    ...(sites !== undefined && { sites: sites === 'all' ? 'all' : listOf(sites) }),
    ...(errorBudget !== undefined && { errorBudget }),
    ...(skipFailingPatches && { skipFailingPatches }),
  };
}

const listOf = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

function count(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a number, 0 or more.');
}
