import type { CopyManifest, IncompleteCopy } from '../../vault/index.js';
import { ExitCode } from '../exit-codes.js';
import type { Output } from '../output.js';
import { renderCopies } from '../render/vault.js';
import { withVault } from './opening.js';

/** Prints a document per copy, or a line. */
export function listCopies(out: Output, { site }: { readonly site?: string }): Promise<ExitCode> {
  return withVault(async (vault) => {
    const copies: CopyManifest[] = [];
    const unreadable: string[] = [];
    const onUnreadable = (handle: string) => unreadable.push(handle);
    for await (const copy of vault.list({ ...(site !== undefined && { site }), onUnreadable })) {
      copies.push(copy);
      const { sealedEncryptionKey, ...told } = copy;
      out.document({ ...told, hasEncryptionKey: sealedEncryptionKey !== null });
    }
    const incomplete: IncompleteCopy[] = [];
    if (site === undefined) for await (const copy of vault.incomplete()) incomplete.push(copy);
    const { location } = vault;
    out.lines(renderCopies({ copies, incomplete, unreadable, location, site }, out.view()));
    return ExitCode.ok;
  });
}
