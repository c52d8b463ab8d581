import type { Command } from 'commander';
import { addExamples, addJson, type CommonOptions } from '../options.js';
import { run } from '../run.js';
import { registerVaultImport } from './vault-import.js';

interface ListOptions extends CommonOptions {
  readonly site?: string;
}

interface PruneOptions extends CommonOptions {
  readonly dryRun?: boolean;
}

/** `sitewright vault`: the copies that bring a site back. */
export function registerVault(program: Command): void {
  const vault = addExamples(
    program
      .command('vault')
      .description('list, verify and prune the safety copies of sites; acts on the vault itself'),
    ['vault list --json', 'vault verify', 'vault prune --dry-run'],
  );

  const list = vault
    .command('list')
    .description('list copies, those of a site oldest first')
    .option('--site <site>', 'of this site');
  addExamples(addJson(list), [
    'vault list',
    'vault list --site acme-shop.example.com',
    'vault list --json',
  ]).action((options: ListOptions) =>
    run(options, async (out) => (await import('../vault/list.js')).listCopies(out, options)),
  );

  const verify = vault
    .command('verify')
    .description('read every byte of a copy, or of all, and compare checksums (exit code 0 or 1)')
    .argument('[handle]', 'of the copy, as `vault list` prints it');
  addExamples(addJson(verify), [
    'vault verify',
    'vault verify vault-acme-shop.example.com-20261120T214000Z-9f86d081',
  ]).action((handle: string | undefined, options: CommonOptions) =>
    run(options, async (out) => (await import('../vault/verify.js')).verifyCopies(out, handle)),
  );

  const prune = vault
    .command('prune')
    .description('remove copies past their time (policy: vault), and what was never completed')
    .option('--dry-run', 'only say what would be removed');
  addExamples(addJson(prune), ['vault prune --dry-run', 'vault prune --json']).action(
    (options: PruneOptions) =>
      run(options, async (out) => (await import('../vault/prune.js')).pruneCopies(out, options)),
  );

  registerVaultImport(vault);
}
