import type { Command } from 'commander';
import { InvalidInput } from '../../errors.js';
import type { RestoreSiteInput, RestoreSource } from '../../domain/inputs.js';
import { registerOperation } from '../operation-command.js';
import { collect } from '../options.js';
import {
  addSiteChange,
  SITE_HELP,
  siteChangeInput,
  type SiteChangeOptions,
} from '../site-change-options.js';

interface RestoreOptions extends SiteChangeOptions {
  readonly copy?: string;
  readonly backup?: string;
  readonly of?: string;
  readonly file?: readonly string[];
  readonly snapshot?: string;
  readonly parts?: string;
}

/** `sitewright restore <site>`: puts other data into it. */
export function registerRestore(program: Command): void {
  registerOperation<'restore', RestoreOptions>(program, {
    kind: 'restore',
    description: 'put a backup, a copy or uploaded files into a site',
    subject: { name: 'site', help: SITE_HELP },
    options: (command) =>
      addSiteChange(
        command
          .option('--copy <handle>', 'a copy in the vault (`sitewright vault list`)')
          .option('--backup <name>', 'an offsite backup at Frappe Cloud')
          .option('--of <site>', 'the other site of the account that the backup is of')
          .option(
            '--file <kind=id>',
            'a Remote File that was uploaded already; repeatable',
            collect,
          )
          .option(
            '--snapshot <name>',
            'a disk snapshot of the site; off by default at Frappe Cloud',
          )
          .option('--parts <parts>', 'database, public, private (default: everything there is)'),
      ),
    input: inputOf,
    examples: [
      'restore shop.frappe.cloud --copy vault-shop.frappe.cloud-20261120T213000Z-1f2e3d4c --dry-run',
      'restore staging.frappe.cloud --backup 2b90d7aa41 --of shop.frappe.cloud --reason "fresh data"',
      'restore shop.frappe.cloud --backup 2b90d7aa41 --parts public,private',
    ],
  });
}

type Answer = Pick<RestoreSiteInput, 'from' | 'skipFailingPatches' | 'safetyCopy'> & {
  readonly parts?: readonly string[];
};

/** What the options say. @throws InvalidInput */
export function inputOf(options: RestoreOptions): Answer {
  const { parts } = options;
  return {
    from: sourceOf(options),
    ...siteChangeInput(options),
    ...(parts !== undefined && { parts: parts.split(',').map((part) => part.trim()) }),
  };
}

function sourceOf({ copy, backup, of, file, snapshot }: RestoreOptions): RestoreSource {
  const named = [copy, backup, file, snapshot].filter((given) => given !== undefined);
  if (named.length !== 1) {
    throw problem('give one of --copy, --backup, --file, --snapshot');
  }
  if (of !== undefined && backup === undefined) {
    throw problem('--of names the site of a --backup');
  }
  if (copy !== undefined) return { copy };
  if (snapshot !== undefined) return { snapshot };
  if (backup !== undefined) return { backup, ...(of !== undefined && { ofSite: of }) };
  return { files: Object.fromEntries((file ?? []).map(remoteFile)) };
}

/** `database=f00dbeef01`. */
function remoteFile(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  throw problem(`--file ${text}: write it as kind=id, e.g. database=f00dbeef01`);
}

const problem = (message: string): InvalidInput => new InvalidInput([{ path: 'from', message }]);
