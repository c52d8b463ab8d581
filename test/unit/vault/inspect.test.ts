import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CopyFileKind } from '../../../src/domain/safety-copy.js';
import { DamagedArchive } from '../../../src/vault/index.js';
import { createInspector } from '../../../src/vault/inspect.js';
import { CONFIG, contentOf, SQL, TAR_END, tarHeader, tarOf, withChecksum } from './archives.js';

async function inspect(kind: CopyFileKind, content: Uint8Array, fileName: string, step = 1_000) {
  const inspector = createInspector(kind, fileName);
  try {
    for (let at = 0; at < content.length; at += step) {
      await inspector.write(content.subarray(at, at + step));
    }
    return await inspector.end();
  } finally {
    inspector.abandon();
  }
}

function changed(content: Buffer, at: number): Buffer {
  const copy = Buffer.from(content);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

const TAR = tarOf(contentOf(5_000));
const PAX = (() => {
  const records = Buffer.from('20 path=a/long/name\n14 size=5000\n');
  const filled = Buffer.concat([records, Buffer.alloc(512 - records.length)]);
  const content = Buffer.concat([contentOf(5_000), Buffer.alloc(120)]);
  // The size beside it is not the file's, as for what is larger than the field can say.
  return Buffer.concat([
    ...[tarHeader('pax', records.length, 'x'), filled],
    ...[tarHeader('./big', 0), content, TAR_END],
  ]);
})();
const BINARY_SIZE = (() => {
  const header = tarHeader('./big', 0);
  header.fill(0, 124, 136);
  header[124] = 0x80;
  header.writeUInt32BE(5_000, 132);
  const content = Buffer.concat([contentOf(5_000), Buffer.alloc(120)]);
  return Buffer.concat([withChecksum(header), content, TAR_END]);
})();

describe('a whole archive', () => {
  it.each<[string, CopyFileKind, Buffer]>([
    ['a dump', 'database', SQL],
    ['a dump of several members', 'database', Buffer.concat([SQL, gzipSync('more')])],
    ['a tar', 'public', TAR],
    ['a tar of nothing', 'public', Buffer.alloc(10_240)],
    ['a tar with filling after its end', 'private', Buffer.concat([TAR, Buffer.alloc(9_216)])],
    ['a gzipped tar', 'private', gzipSync(TAR)],
    ['a tar whose sizes are in pax headers', 'private', PAX],
    ['a tar whose sizes are binary', 'private', BINARY_SIZE],
    ['a config', 'config', CONFIG],
  ])('%s is taken, with its checksum', async (_, kind, content) => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    for (const step of [1, 511, 65_536]) {
      const found = await inspect(kind, content, `20261120-${kind}`, step);
      expect(found).toEqual({ bytes: content.length, sha256 });
    }
  });

  it('is not looked into when Frappe has encrypted it', async () => {
    const secret = contentOf(100);
    await expect(inspect('database', secret, 'x-database-enc.sql.gz')).resolves.toMatchObject({
      bytes: 100,
    });
    await expect(inspect('database', Buffer.alloc(0), 'x-database-enc.sql.gz')).rejects.toThrow(
      DamagedArchive,
    );
  });
});

describe('a damaged archive', () => {
  it.each<[string, CopyFileKind, Buffer, RegExp]>([
    ['nothing at all', 'database', Buffer.alloc(0), /empty/],
    ['an error page for a dump', 'database', Buffer.from('<html>502</html>'), /gzip/],
    ['a dump that was cut off', 'database', SQL.subarray(0, -1), /unexpected end/],
    ['a dump with a wrong byte', 'database', changed(SQL, SQL.length >> 1), /./],
    ['a dump with a wrong checksum', 'database', changed(SQL, SQL.length - 8), /data check/],
    ['a dump with a wrong length', 'database', changed(SQL, SQL.length - 1), /length check/],
    ['a dump with something behind', 'database', Buffer.concat([SQL, Buffer.from('<h')]), /./],
    ['a tar without its end', 'public', TAR.subarray(0, -1_024), /end marker/],
    ['a tar with half its end', 'public', TAR.subarray(0, -512), /end marker/],
    ['a tar cut off in a file', 'public', TAR.subarray(0, 2_000), /end marker/],
    ['a tar with a damaged header', 'public', changed(TAR, 130), /header/],
    ['a gzipped tar without its end', 'private', gzipSync(TAR.subarray(0, -1_024)), /end marker/],
    ['a gzipped tar that is none', 'private', gzipSync(contentOf(9_000)), /header/],
    ['a config that is a list', 'config', Buffer.from('[]'), /no JSON object/],
    ['a config that was cut off', 'config', CONFIG.subarray(0, -3), /no JSON/],
    ['a config of a strange size', 'config', Buffer.alloc(5_000_000, ' '), /too large/],
  ])('%s is refused', async (_, kind, content, reason) => {
    for (const step of [7, 65_536]) {
      const refused = inspect(kind, content, 'some-file', step);
      await expect(refused).rejects.toThrow(reason);
      await expect(refused).rejects.toBeInstanceOf(DamagedArchive);
    }
  });

  it('is refused without a word of a config, which holds passwords', async () => {
    const config = Buffer.from('{"db_password": "geheim" "x"}');
    const error = (await inspect('config', config, 'config.json').catch(
      (thrown: unknown) => thrown,
    )) as Error;
    expect(`${error.message} ${String((error.cause as Error).message)}`).not.toContain('geheim');
  });
});
