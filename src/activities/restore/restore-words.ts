import type { CopyFileKind } from '../../domain/safety-copy.js';

/** What happens to each part, in words for whoever approves (B 2.4). */
export function whatHappens(parts: readonly CopyFileKind[]): string {
  const database = parts.includes('database');
  const files = (['public', 'private'] as const).filter((side) => parts.includes(side));
  const said = [
    database
      ? 'the database is replaced, then migrated to the code of the site'
      : 'database, apps, configuration and password stay as they are; nothing is migrated',
    ...(files.length === 0 ? [] : [filesSaid(files, database)]),
    ...(database ? [configSaid(parts)] : []),
  ];
  return said.join('; ');
}

function filesSaid(files: readonly string[], database: boolean): string {
  const which = files.join(' and ');
  return database
    ? `${which} files are unpacked over what is there`
    : `${which} files are deleted first, then unpacked; the other side stays`;
}

function configSaid(parts: readonly CopyFileKind[]): string {
  return parts.includes('config')
    ? 'the configuration of the source is merged into that of the site, encryption key included'
    : 'without a configuration: encrypted values may stay unreadable, maintenance mode may stay on';
}

/** What is lost, for the plan that approvals are bound to (B 2.4). */
export function losses(
  parts: readonly CopyFileKind[],
  { takenAt, dropped }: { readonly takenAt: string | null; readonly dropped: readonly string[] },
): readonly string[] {
  const since = takenAt === null ? 'since the source was made' : `since ${takenAt}`;
  const database = parts.includes('database');
  const files = (['public', 'private'] as const).filter((side) => parts.includes(side));
  return [
    ...(database ? [`everything written to the database ${since}`] : []),
    ...files.map((side) =>
      database ? `${side} files that are overwritten` : `all ${side} files that are there now`,
    ),
    ...(dropped.length === 0 ? [] : [`the data of ${dropped.join(', ')}: not on the site`]),
    ...(database
      ? ["sessions, and an Administrator's password that was set on the site itself"]
      : []),
  ];
}
