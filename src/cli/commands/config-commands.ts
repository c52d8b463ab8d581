import type { Command } from 'commander';
import { InvalidInput } from '../../errors.js';
import type { InputProblem } from '../../schemas/common.js';
import { configValue } from '../config-value.js';
import { registerOperation } from '../operation-command.js';
import { addConfig } from '../options.js';
import { pairs } from '../pairs.js';
import { SITE_HELP } from '../site-change-options.js';

interface ConfigOptions {
  readonly config?: readonly string[];
  readonly secretConfig?: readonly string[];
}

const SUBJECT = { name: 'site', help: SITE_HELP } as const;

/** `sitewright update-config <site>`: sets keys, and leaves the others. */
export function registerUpdateConfig(program: Command): void {
  registerOperation<'update-config', ConfigOptions>(program, {
    kind: 'update-config',
    description: 'set keys of the site config and leave the others; put back if that fails',
    subject: SUBJECT,
    options: addConfig,
    input: ({ config }) => ({ config: configFrom(config) }),
    secretConfig: ({ secretConfig }) => secretConfig,
    examples: [
      'update-config acme-shop.frappe.cloud --config currency=EUR --dry-run',
      'update-config acme-shop.frappe.cloud --config currency=EUR --config max_file_size=20971520 --wait',
      'update-config acme-shop.frappe.cloud --secret-config mail_password=@mail-password.txt',
    ],
    notes: [
      'The site must be Active or Broken; policy says which keys may be set, and which are secret.',
      'If the server does not get it, the old values are set again; of a secret nobody knows the old one:',
      '  then a person is asked.',
    ],
  });
}

/** `--config` as members of the input. @throws InvalidInput */
export function configFrom(given: readonly string[] = []) {
  const problems: InputProblem[] = [];
  const found = pairs('config', given, problems);
  if (problems.length > 0) throw new InvalidInput(problems);
  return Object.fromEntries(found.map(([key, value]) => [key, configValue(value)]));
}

/** `sitewright delete-config <site>`. */
export function registerDeleteConfig(program: Command): void {
  registerOperation<'delete-config', { readonly configKey: string }>(program, {
    kind: 'delete-config',
    description: 'take a key out of the site config; put back if that fails',
    subject: SUBJECT,
    options: (command) => command.requiredOption('--config-key <key>', 'which, e.g. currency'),
    input: ({ configKey: key }) => ({ key }),
    examples: ['delete-config acme-shop.frappe.cloud --config-key currency --wait'],
    notes: ['The site must be Active or Broken; policy says which keys may be touched.'],
  });
}
