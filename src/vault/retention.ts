import type { CopyManifest, IncompleteCopy } from './types.js';

const DAY_MS = 86_400_000;
/** Longer than anybody waits for a copy that no open operation is making. */
const ABANDONED_AFTER_MS = 7 * DAY_MS;

export interface RetentionRule {
  /** Days after the backup was taken; a copy's own date goes before it. */
  readonly keepDays: number;
  /** Newest copies of each site that stay, however old they are. */
  readonly keepAtLeast: number;
}

/**
 * The copies that may go, by policy: past their time, not among the newest of their site, and of
 * no use to an open operation.
 */
export function expired(
  manifests: readonly CopyManifest[],
  {
    keepDays,
    keepAtLeast,
    now,
    pinned,
  }: RetentionRule & {
    readonly now: Date;
    /** Handles that open operations use. */
    readonly pinned: readonly string[];
  },
): readonly CopyManifest[] {
  const spared = new Set(pinned);
  const seen = new Map<string, number>();
  for (const copy of manifests.toSorted((a, b) => timeOf(b.takenAt) - timeOf(a.takenAt))) {
    const site = JSON.stringify([copy.account, copy.site]);
    const newer = seen.get(site) ?? 0;
    if (newer < keepAtLeast) spared.add(copy.handle);
    seen.set(site, newer + 1);
  }
  return manifests.filter((copy) => {
    const end =
      copy.expiresAt === null ? timeOf(copy.takenAt) + keepDays * DAY_MS : timeOf(copy.expiresAt);
    return end <= now.getTime() && !spared.has(copy.handle);
  });
}

/** The incomplete copies that may go: nobody has written to them for a week. */
export function abandoned(
  copies: readonly IncompleteCopy[],
  { now, pinned }: { readonly now: Date; readonly pinned: readonly string[] },
): readonly IncompleteCopy[] {
  return copies.filter(
    ({ handle, lastWrittenAt }) =>
      timeOf(lastWrittenAt) + ABANDONED_AFTER_MS <= now.getTime() && !pinned.includes(handle),
  );
}

function timeOf(iso: string): number {
  return new Date(iso).getTime();
}
