import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openVault, type Vault, VaultUnavailable } from '../../../src/vault/index.js';
import { openBucket } from '../../../src/vault/s3-bucket.js';
import { partBytesFor, resumeUpload } from '../../../src/vault/s3-upload.js';
import { refuse, type S3Server, startS3Server } from '../../support/s3-server.js';
import { contentOf, SQL, tarOf } from './archives.js';
import { bytesOf, details, handle, sourceOf } from './fixture.js';

const MIB = 1024 * 1024;
const FILE = { kind: 'public', fileName: 'x-files.tar' } as const;
const TAR = tarOf(contentOf(18 * MIB));

describe('parts', () => {
  it.each([0, 1, 8 * MIB, 2 * 1024 * MIB, 100 * 1024 * MIB, 5_000_000 * MIB])(
    'of a file of %d bytes are neither too small nor too many',
    (bytes) => {
      const part = partBytesFor(bytes);
      expect(part).toBeGreaterThanOrEqual(5 * MIB);
      expect(bytes / part).toBeLessThanOrEqual(10_000);
      expect(part % MIB).toBe(0);
      if (bytes <= 600_000 * MIB) expect(part).toBeLessThanOrEqual(64 * MIB);
    },
  );
});

describe('a short part', () => {
  const bucket = openBucket({ type: 's3', bucket: 'b', region: 'us-east-1' });
  const state = { uploadId: 'u', partBytes: 8 * MIB, stored: 20 * MIB, etags: ['a', 'b', 'c'] };

  it('is the last one when the file ends there', () => {
    const upload = resumeUpload(bucket, 'key', { ...state, totalBytes: 20 * MIB });
    expect(upload?.stored).toBe(20 * MIB);
  });

  it('is sent again when more may follow, because S3 takes none in the middle', () => {
    const upload = resumeUpload(bucket, 'key', { ...state, totalBytes: null });
    expect(upload?.stored).toBe(16 * MIB);
    expect(upload?.state['etags']).toEqual(['a', 'b']);
  });

  it('is nothing to go on from when its record is another’s', () => {
    expect(resumeUpload(bucket, 'key', { part: 'x.part' })).toBeNull();
  });
});

describe('an S3 that has bad moments', () => {
  let server: S3Server;
  let vault: Vault;
  let prefixes = 0;
  beforeAll(async () => {
    server = await startS3Server();
  });
  afterAll(() => server.close());
  const fresh = async () => {
    prefixes += 1;
    vault = await openVault(server.settings(`moments/${prefixes}`));
    return vault;
  };
  afterEach(async () => {
    server.intercept = null;
    await vault.close();
  });

  it('gets a part again that it was too busy for, without the source being asked', async () => {
    await fresh();
    let refused = 0;
    server.intercept = ({ method, url = '' }, response) => {
      if (method !== 'PUT' || !url.includes('partNumber=2') || refused > 0) return false;
      refused += 1;
      return refuse(response, 503, 'SlowDown');
    };
    const source = sourceOf(TAR);
    expect(await vault.writeFile(handle, FILE, source)).toMatchObject({ bytes: TAR.length });
    expect(refused).toBe(1);
    expect(source.opened).toEqual([0]);
  });

  it('gets all of it again when it has forgotten the parts', async () => {
    await fresh();
    server.intercept = ({ url = '' }, response) =>
      url.includes('partNumber=2') && refuse(response, 404, 'NoSuchUpload');
    const lost = vault.writeFile(handle, FILE, sourceOf(TAR));
    await expect(lost).rejects.toThrow(VaultUnavailable);
    expect(await vault.stored(handle, 'public')).toBe(0);
    server.intercept = null;
    const source = sourceOf(TAR);
    await vault.writeFile(handle, FILE, source);
    expect(source.opened).toEqual([0]);
    expect((await bytesOf(await vault.read(handle, 'public'))).equals(TAR)).toBe(true);
  });

  it('is believed when it lost the answer to the last request only', async () => {
    await fresh();
    let lost = 0;
    server.intercept = ({ method, url = '' }, response) => {
      if (method !== 'POST' || !url.includes('uploadId=')) return false;
      lost += 1;
      if (lost === 1) {
        // Done, but nobody hears of it; what the client repeats finds no upload any more.
        response.write = () => true;
        response.end = () => response.destroy();
        return false;
      }
      return refuse(response, 404, 'NoSuchUpload');
    };
    expect(await vault.writeFile(handle, FILE, sourceOf(TAR))).toMatchObject({ bytes: TAR.length });
    expect(lost).toBe(2);
  });

  it('is away when a stream breaks in the middle', async () => {
    await fresh();
    await vault.writeFile(handle, FILE, sourceOf(TAR));
    await vault.complete(handle, details);
    server.intercept = ({ method, url = '' }, response) => {
      if (method !== 'GET' || !url.includes('public-files')) return false;
      response.writeHead(200, { 'content-length': TAR.length });
      response.write(TAR.subarray(0, MIB), () => response.destroy());
      return true;
    };
    await expect(vault.verify(handle)).rejects.toThrow(VaultUnavailable);
  });

  it('is away when it does not let us in, and the error holds no request', async () => {
    await fresh();
    server.intercept = (_, response) => refuse(response, 403, 'AccessDenied');
    const error = await vault.manifest(handle).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VaultUnavailable);
    expect((error as Error).cause).toBeUndefined();
    await expect(vault.list()[Symbol.asyncIterator]().next()).rejects.toThrow(VaultUnavailable);
  });

  it('is away when nobody listens', async () => {
    const gone = await startS3Server();
    const settings = gone.settings('x');
    await gone.close();
    vault = await openVault(settings);
    const file = { kind: 'database', fileName: 'x.sql.gz' } as const;
    const source = sourceOf(SQL);
    await expect(vault.writeFile(handle, file, source)).rejects.toThrow(VaultUnavailable);
    expect(source.opened).toEqual([]);
    await expect(vault.list()[Symbol.asyncIterator]().next()).rejects.toThrow(VaultUnavailable);
  });
});
