import type { Command } from 'commander';

/** What upgrade, update and migrate can be told. */
export interface SiteChangeOptions {
  readonly skipFailingPatches?: boolean;
  readonly skipSafetyCopy?: boolean;
  readonly at?: string;
}

export const SITE_HELP = 'full name of the site, or its subdomain';

export function addSiteChange(command: Command): Command {
  return addSafety(
    command.option('--skip-failing-patches', 'leave out patches that fail, where policy allows it'),
  );
}

export function addSafety(command: Command): Command {
  return command.option(
    '--skip-safety-copy',
    'do without a copy, where policy allows it: one more approver, and no way back',
  );
}

export function addAt(command: Command): Command {
  return command.option(
    '--at <when>',
    '"window" (the next maintenance window) or an ISO time; default: at once',
  );
}

/** What those options say, as members of an input. */
export function siteChangeInput({ skipFailingPatches, skipSafetyCopy, at }: SiteChangeOptions) {
  return {
    ...(skipFailingPatches && { skipFailingPatches }),
    ...(skipSafetyCopy && { safetyCopy: 'skip' as const }),
    ...(at !== undefined && { at }),
  };
}
