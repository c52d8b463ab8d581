import type { Ledger } from '../../ledger/types.js';
import { loadPolicy } from '../../policy-file.js';
import {
  abandoned,
  type CopyManifest,
  expired,
  handlesIn,
  type IncompleteCopy,
  operationMark,
} from '../../vault/index.js';
import { Interrupted } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import { untilInterrupted } from '../interrupt.js';
import { openExisting } from '../ledger-reading.js';
import type { Output } from '../output.js';
import { bytesOf, renderPruned, renderRemoval } from '../render/vault.js';
import { withVault } from './opening.js';

/** A copy that goes, and why. */
export interface Removal {
  readonly handle: string;
  readonly why: 'expired' | 'incomplete';
  /** Null when nobody knows. */
  readonly bytes: number | null;
  /** ISO time: when its backup was taken, or when it was last written to. */
  readonly since: string;
}

/** Removes what policy does not keep. Without the ledger nothing is removed: it knows what is in use. */
export function pruneCopies(
  out: Output,
  { dryRun = false }: { readonly dryRun?: boolean },
): Promise<ExitCode> {
  return withVault(async (vault, config) => {
    const rule = loadPolicy(config.policyFile).vault;
    const now = new Date();
    const copies: CopyManifest[] = [];
    // One that cannot be read is neither removed nor in the way of the others.
    const onUnreadable = (handle: string) =>
      out.aside([`${handle} cannot be read: npx sitewright vault verify ${handle}`]);
    for await (const copy of vault.list({ onUnreadable })) copies.push(copy);
    const incomplete: IncompleteCopy[] = [];
    for await (const copy of vault.incomplete()) incomplete.push(copy);

    const ledger = await openExisting(config);
    const all = [...copies, ...incomplete].map(({ handle }) => handle);
    const pinned = await inUse(ledger, all).finally(() => ledger.close());
    const removals: readonly Removal[] = [
      ...expired(copies, { ...rule, now, pinned }).map((copy) => ({
        ...{ handle: copy.handle, why: 'expired' as const },
        ...{ bytes: bytesOf(copy), since: copy.takenAt },
      })),
      ...abandoned(incomplete, { now, pinned }).map(({ handle, lastWrittenAt }) => ({
        ...{ handle, why: 'incomplete' as const, bytes: null, since: lastWrittenAt },
      })),
    ];
    await untilInterrupted(async (signal) => {
      for (const [index, removal] of removals.entries()) {
        if (signal.aborted) {
          const hint = 'go on: npx sitewright vault prune';
          throw new Interrupted(`${index} of ${removals.length} copies were removed`, hint);
        }
        if (!dryRun) await vault.remove(removal.handle);
        out.lines(renderRemoval(removal, dryRun, out.view()));
      }
    });
    const kept = all.length - removals.length;
    out.document({ dryRun, removed: removals, kept, pinned });
    out.lines(renderPruned({ removals, kept, pinned, dryRun, rule }));
    return ExitCode.ok;
  });
}

/** The copies that open operations have made, are making, or speak of. */
export async function inUse(
  ledger: Pick<Ledger, 'findOperations' | 'events'>,
  handles: readonly string[],
): Promise<readonly string[]> {
  const used = new Set<string>();
  for (const operation of await ledger.findOperations({ open: true })) {
    const { operationId, input } = operation;
    const events = await ledger.events(operationId);
    for (const handle of handlesIn(JSON.stringify([input, events]))) used.add(handle);
    const mark = operationMark(operationId);
    for (const handle of handles) if (handle.endsWith(mark)) used.add(handle);
  }
  return handles.filter((handle) => used.has(handle));
}
