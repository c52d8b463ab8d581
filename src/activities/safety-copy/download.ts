import type { Context } from '@temporalio/activity';
import { COPY_FILE_KINDS } from '../../domain/safety-copy.js';
import { type Backup, PressError, type SiteFiles } from '../../frappe-cloud/index.js';
import {
  type CopyFile,
  DamagedArchive,
  type OpenSource,
  SourceEnded,
  type Vault,
  VaultUnavailable,
} from '../../vault/index.js';

/** The bytes of a backup on their way from its site into the vault. */
export interface Download {
  readonly vault: Vault;
  readonly handle: string;
  readonly files: SiteFiles;
  readonly signal: AbortSignal;
  /** Told after every piece, how many bytes of the copy are stored. */
  readonly onProgress: (bytes: number) => void;
}

/**
 * Brings every file of a backup into the vault, going on where an earlier attempt ended. A file that
 * arrives damaged is fetched once more, in case it was the way and not the source.
 *
 * @throws PressError, SourceEnded, DamagedArchive, VaultUnavailable
 */
export async function download(
  backup: Backup,
  { vault, handle, files, signal, onProgress }: Download,
): Promise<readonly CopyFile[]> {
  const done: CopyFile[] = [];
  for (const kind of COPY_FILE_KINDS) {
    const fileName = backup.files[kind]?.file_name ?? null;
    if (fileName === null) continue;
    const before = done.reduce((sum, { bytes }) => sum + bytes, 0);
    const open: OpenSource = async (from, stop) => {
      const source = await files.open({ file_name: fileName, from }, { signal: stop });
      return { start: source.from, totalBytes: source.totalBytes, stream: source.body };
    };
    const write = () =>
      vault.writeFile(handle, { kind, fileName }, open, {
        signal,
        onProgress: ({ phase, bytes }) => onProgress(before + (phase === 'writing' ? bytes : 0)),
      });
    done.push(
      await write().catch((error: unknown) => {
        if (!(error instanceof DamagedArchive)) throw error;
        return write();
      }),
    );
  }
  return done;
}

/**
 * What may be over soon, and is for a person when it lasts: the site does not hand out its files, or the
 * vault does not take them. What Press itself answers to reads is none of it.
 */
export function mayPass(error: unknown): error is PressError | SourceEnded | VaultUnavailable {
  if (error instanceof SourceEnded || error instanceof VaultUnavailable) return true;
  if (!(error instanceof PressError)) return false;
  const { code, endpoint } = error;
  if (code === 'UNAUTHORIZED' || code === 'PATH_NOT_ALLOWED') return false;
  return endpoint.startsWith('site ') || endpoint === 'press.api.site.login';
}

/** When a byte last came, however often the activity was tried. */
export interface Movement {
  readonly bytes: number;
  /** Epoch ms. */
  readonly movedAt: number;
}

/**
 * Beats while files are moved, with how far they are. What an earlier attempt has told is carried on,
 * so that a standstill is known as one.
 */
export function beating(context: Context): {
  readonly movement: () => Movement;
  readonly moved: (bytes: number) => void;
  readonly stop: () => void;
} {
  const earlier = context.info.heartbeatDetails as Movement | undefined;
  let movement: Movement = earlier ?? { bytes: 0, movedAt: context.info.scheduledTimestampMs };
  const beat = () => context.heartbeat(movement);
  beat();
  const timer = setInterval(beat, BEAT_EVERY_MS);
  return {
    movement: () => movement,
    moved(bytes) {
      if (bytes > movement.bytes) movement = { bytes, movedAt: Date.now() };
    },
    stop() {
      clearInterval(timer);
      beat();
    },
  };
}

/** The heartbeat timeout of transfers is 20 s (workflows/activity-options.ts). */
const BEAT_EVERY_MS = 3_000;
