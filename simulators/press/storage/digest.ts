import { createHash } from 'node:crypto';
import type { ObjectRow } from '../world/backups.js';
import { markIn } from './made-files.js';

/** What is kept of a small object, e.g. a configuration file; of others only their beginning is seen. */
const KEPT_BYTES = 32 * 1024;

/** Takes in an object piece by piece and keeps no more of it than is needed later. */
export class ObjectDigest {
  readonly #hash = createHash('md5');
  #head = Buffer.alloc(0);
  #size = 0;

  add(piece: Buffer): void {
    this.#hash.update(piece);
    if (this.#head.length < KEPT_BYTES) {
      this.#head = Buffer.concat([this.#head, piece.subarray(0, KEPT_BYTES - this.#head.length)]);
    }
    this.#size += piece.length;
  }

  /** Data that was not made by the simulator is known by its checksum. */
  finish(): Omit<ObjectRow, 'key'> {
    const etag = this.#hash.digest('hex');
    const isSmall = this.#size <= KEPT_BYTES;
    return {
      size: this.#size,
      etag,
      mark: markIn(this.#head) ?? `upload${etag.slice(0, 10)}`,
      body: isSmall ? this.#head.toString('base64') : null,
    };
  }
}
