import type { CopyProblem, Vault } from '../../vault/index.js';
import { Interrupted } from '../errors.js';
import { ExitCode } from '../exit-codes.js';
import { untilInterrupted } from '../interrupt.js';
import type { Output } from '../output.js';
import { liveRegion } from '../render/live.js';
import { renderChecked, renderChecking, renderVerdict } from '../render/vault.js';
import { withVault } from './opening.js';

/** Verifies one copy or all of them, a line as each is done. */
export function verifyCopies(out: Output, handle: string | undefined): Promise<ExitCode> {
  return withVault(async (vault) => {
    const handles = handle === undefined ? await allHandles(vault) : [handle];
    const problems: (CopyProblem & { readonly handle: string })[] = [];
    await untilInterrupted(async (signal) => {
      for (const [index, name] of handles.entries()) {
        const found = await verifyOne(out, vault, name, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
          const hint = `again: npx sitewright vault verify${handle === undefined ? '' : ` ${name}`}`;
          throw new Interrupted(`${index} of ${handles.length} copies were checked`, hint);
        });
        problems.push(...found.map((problem) => ({ handle: name, ...problem })));
      }
    });
    out.document({ ok: problems.length === 0, checked: handles.length, problems });
    out.lines(renderVerdict(handles.length, problems.length, vault.location, out.view()));
    return problems.length === 0 ? ExitCode.ok : ExitCode.findings;
  });
}

async function verifyOne(
  out: Output,
  vault: Vault,
  handle: string,
  signal: AbortSignal,
): Promise<readonly CopyProblem[]> {
  const region = out.live ? liveRegion(out) : null;
  try {
    const problems = await vault.verify(handle, {
      signal,
      onProgress: throttled((progress) => region?.draw([renderChecking(handle, progress)])),
    });
    region?.erase();
    out.lines(renderChecked(handle, problems, out.view()));
    return problems;
  } finally {
    region?.erase();
  }
}

async function allHandles(vault: Vault): Promise<readonly string[]> {
  const handles: string[] = [];
  const onUnreadable = (handle: string) => handles.push(handle);
  for await (const { handle } of vault.list({ onUnreadable })) handles.push(handle);
  return handles;
}

/** Often enough for the eye. */
const FRAME_MS = 100;

/** Passes on what comes, at the rate of an eye. */
export function throttled<T>(draw: (value: T) => void): (value: T) => void {
  let last = 0;
  return (value) => {
    const now = Date.now();
    if (now - last < FRAME_MS) return;
    last = now;
    draw(value);
  };
}
