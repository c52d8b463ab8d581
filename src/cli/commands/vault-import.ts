import type { Command } from 'commander';
import { addExamples, addJson } from '../options.js';
import { run } from '../run.js';
import type { ImportOptions } from '../vault/import.js';

/** `sitewright vault import`: files on disk become a copy that a restore can take. */
export function registerVaultImport(vault: Command): void {
  const command = vault
    .command('import')
    .description('put backup files from disk into the vault; started again, it goes on')
    .requiredOption('--site <site>', 'full name of the site that the data is of')
    .option('--database <file>', 'dump, gzipped (.sql.gz)')
    .option('--public <file>', 'public files (.tar or .tar.gz)')
    .option('--private <file>', 'private files (.tar or .tar.gz)')
    .option('--config <file>', 'site configuration (.json); a database needs it for its secrets')
    .option('--taken-at <time>', 'ISO time of the backup (default: that of its first file)')
    .option('--version <version>', 'Frappe version of the data, e.g. "Version 15"')
    .option('--apps <apps>', 'app names of the data with commas between them, frappe first')
    .option('--account <name>', 'configured Frappe Cloud account (default: main)');
  addExamples(addJson(command), [
    'vault import --site acme-shop.example.com --database db.sql.gz --config site_config.json',
    'vault import --site acme-shop.example.com --database db.sql.gz --public files.tar --private private-files.tar --config site_config.json --version "Version 15"',
  ]).action((options: ImportOptions) =>
    run(options, async (out) => (await import('../vault/import.js')).importCopy(out, options)),
  );
}
