/** The store does not answer; the caller waits and tries again. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}

/** What was stored of a file is gone, so that the next try begins with its first byte. */
export class UploadGone extends VaultUnavailable {}

/** No handle of a copy; trying again does not help. */
export class InvalidHandle extends Error {
  override readonly name = 'InvalidHandle';
}

/** There is no such copy, or no such file in it. */
export class CopyNotFound extends Error {
  override readonly name = 'CopyNotFound';
}

/** The file is no whole archive. Nothing of it is kept, so that another try reads it all again. */
export class DamagedArchive extends Error {
  override readonly name = 'DamagedArchive';
}

/** The source ended before its announced end; what came is kept, and another try goes on there. */
export class SourceEnded extends Error {
  override readonly name = 'SourceEnded';
}

/** A later writer of the same file has taken over; that one ends the work. */
export class CopySuperseded extends Error {
  override readonly name = 'CopySuperseded';
}

/** The copy is complete, and its files are not replaced; trying again does not help. */
export class CopyComplete extends Error {
  override readonly name = 'CopyComplete';
}

/** What the vault has written down about a copy cannot be read; somebody or a disk has changed it. */
export class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord';
}
