import type { CommandArgs } from './activity-types.js';
import { COPY_FILE_KINDS, type CopyFileKind, type SafetyCopyPlan } from './safety-copy.js';
import type { Settled } from './trackers.js';

/** Remote Files of Press by what they hold; a kind that is left out stays on the site (B 2.4). */
export type FilesAtPress = Readonly<Partial<Record<CopyFileKind, string>>>;

/** Where the data of a restore lies, resolved. */
export type RestoreOrigin =
  /** At Press already, as the files of an offsite backup or as uploads. */
  | { readonly kind: 'files'; readonly files: FilesAtPress }
  /** In the vault: uploaded when it is its turn. */
  | { readonly kind: 'copy'; readonly handle: string }
  /** A disk snapshot of the database server (B 2.6). */
  | { readonly kind: 'snapshot'; readonly backup: string };

/** Everything about a restore, resolved: what approvals are bound to. */
export interface RestoreTarget {
  readonly site: string;
  readonly team: string;
  readonly from: RestoreOrigin;
  /** The source for people, e.g. "backup f3a1c9 of shop.frappe.cloud". */
  readonly source: string;
  /** What is replaced; `config` only together with a database (B 2.4). */
  readonly parts: readonly CopyFileKind[];
  readonly skipFailingPatches: boolean;
  /** Policy lets the migration be tried again without patches that fail. */
  readonly maySkipFailingPatches: boolean;
  readonly safetyCopy: SafetyCopyPlan;
  /** Apps that must be there afterwards: those of the site that are in the source. */
  readonly apps: readonly string[];
  /** Apps of the site before. */
  readonly appsBefore: readonly string[];
  /** What Press called the site before. */
  readonly statusBefore: 'Active' | 'Inactive' | 'Broken';
  /** Whether a site that does not answer HTTP counts as wrong; from policy. */
  readonly httpProbe: 'required' | 'reported';
}

export interface RestoreFilesArgs extends CommandArgs {
  readonly site: string;
  readonly files: FilesAtPress;
  readonly skipFailingPatches: boolean;
}

export interface RestoreSnapshotArgs extends CommandArgs {
  readonly site: string;
  readonly backup: string;
}

export interface SwitchSiteArgs extends CommandArgs {
  readonly site: string;
}

export interface CopyArgs {
  readonly account: string;
  readonly handle: string;
}

export interface UploadCopyFileArgs extends CopyArgs {
  readonly kind: CopyFileKind;
}

export interface OffsiteFilesArgs {
  readonly account: string;
  readonly site: string;
  /** Name of the Site Backup. */
  readonly backup: string;
  readonly parts: readonly CopyFileKind[];
}

export interface SiteArgs {
  readonly account: string;
  readonly site: string;
}

/** How a site stands, as far as ways back depend on it. */
export interface SiteStanding {
  readonly status: string;
  /** ISO time from which Press archives a site that failed; null when none did (B 2.5). */
  readonly archivedFrom: string | null;
  /** Whether it answers over HTTP; true when it is not asked. */
  readonly served: boolean;
  /** What it answers, or why it does not. */
  readonly says: string;
}

/**
 * What of a source is restored. The configuration goes with a database, always: only it ends
 * maintenance mode, and brings the key of encrypted values (D 2.3). Without one it is ignored by
 * Press (B 2.4).
 */
export function partsToRestore(
  has: readonly CopyFileKind[],
  wanted: readonly CopyFileKind[],
): readonly CopyFileKind[] {
  const database = has.includes('database') && wanted.includes('database');
  return COPY_FILE_KINDS.filter((kind) =>
    kind === 'config'
      ? database && has.includes(kind)
      : has.includes(kind) && wanted.includes(kind),
  );
}

/** What is done about a restore that did not succeed. */
export type NextMove =
  /** The servers were never reached: everything is as it was. */
  | 'untouched'
  /** Press said no: nothing was changed by this try. */
  | 'refused'
  | 'again'
  | 'again_skipping_patches'
  | 'back';

/** What was tried before in the same restore. */
export interface Tried {
  /** Failed steps of the tries before. */
  readonly steps: readonly string[];
  readonly skipsPatches: boolean;
  readonly maySkipPatches: boolean;
}

/** The dump is loaded, and only its migration stands out (B 2.5). */
const MIGRATING: readonly string[] = ['Migrate Site', 'Uninstall Unavailable Apps'];
/** The data lies ready, and what has failed may work the next time. */
const TRY_AGAIN: readonly string[] = [
  'Download Backup Files',
  'Delete Downloaded Backup Files',
  'Set Administrator Password',
  'Enable Scheduler',
  'Bench Setup NGINX',
  'Reload NGINX',
];

/** Marks a try that Press refused, in the evidence of {@link Settled}. */
export const REFUSED = 'Refused';

/**
 * The next move by the step that failed (B 2.5): fresh links after a failed download, once; without
 * failing patches where policy allows it, once; the same again after a failure behind the data,
 * once; else back to the safety copy.
 */
export function nextMove({ outcome, evidence }: Settled, tried: Tried): NextMove {
  if (outcome === 'delivery_failure') return 'untouched';
  if (evidence.status === REFUSED) return 'refused';
  const { step } = evidence;
  if (step === undefined) return 'back';
  if (MIGRATING.includes(step)) {
    return tried.maySkipPatches && !tried.skipsPatches ? 'again_skipping_patches' : 'back';
  }
  return TRY_AGAIN.includes(step) && !tried.steps.includes(step) ? 'again' : 'back';
}

/** Press archives by itself what failed and stays Broken, in days (B 2.5). */
export const ARCHIVED_AFTER_DAYS = 14;

/** Warns of the archive clock that a failed restore starts; "" when it does not run. */
export function archiveWarning({ status, archivedFrom }: SiteStanding): string {
  if (archivedFrom === null || status !== 'Broken') return '';
  return `Press archives it by itself from ${archivedFrom.slice(0, 10)} on if nothing restores it`;
}
