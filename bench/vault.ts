import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { handleFor, openVault } from '../src/vault/index.js';

const MB = 1_000_000;
const FILE_BYTES = 2 * 1024 ** 3;
/** Rare enough to cost nothing, often enough to see what a garbage collector takes back. */
const SAMPLE_MS = 20;

/** What a copy of 2 GB costs. */
export interface VaultFigures {
  readonly bytes: number;
  readonly storedMBPerSecond: number;
  readonly verifiedMBPerSecond: number;
  /** Largest growth of the process while both went on; budget: below 100 MB. */
  readonly peakGrowthMB: number;
}

/** Streams a sparse file of 2 GB into a vault in a directory, and verifies it there. */
export async function benchVault(): Promise<VaultFigures> {
  const directory = await mkdtemp(path.join(tmpdir(), 'sitewright-bench-vault-'));
  const memory = watchMemory();
  try {
    const source = path.join(directory, 'source.tar');
    const totalBytes = await makeSparseTar(source);
    const vault = await openVault({ type: 'directory', path: path.join(directory, 'vault') });
    const copy = {
      ...{ account: 'main', site: 'bench.example.com', backup: 'bench', operationId: 'bench' },
      ...{ takenAt: new Date().toISOString(), version: null, apps: [] },
      ...{ sealedEncryptionKey: null, expiresAt: null },
    };
    const handle = handleFor(copy);
    const stored = await secondsOf(() =>
      vault.writeFile(handle, { kind: 'public', fileName: 'source.tar' }, async (start) => ({
        ...{ start, totalBytes },
        stream: createReadStream(source, { start }),
      })),
    );
    await vault.complete(handle, copy);
    const verified = await secondsOf(async () => {
      const problems = await vault.verify(handle);
      if (problems.length > 0) throw new Error(`the copy is damaged: ${JSON.stringify(problems)}`);
    });
    return {
      bytes: totalBytes,
      storedMBPerSecond: totalBytes / MB / stored,
      verifiedMBPerSecond: totalBytes / MB / verified,
      peakGrowthMB: memory.peakGrowth() / MB,
    };
  } finally {
    memory.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A tar with one file of zeros, which takes no room on a disk that knows holes. */
async function makeSparseTar(name: string): Promise<number> {
  const header = Buffer.alloc(512);
  header.write('./private/files/large.bin', 0);
  header.write(FILE_BYTES.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const bytes = header.length + FILE_BYTES + 2 * 512;
  const file = await open(name, 'w');
  await file.write(header);
  await file.truncate(bytes);
  await file.close();
  return bytes;
}

function watchMemory() {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = () => (peak = Math.max(peak, process.memoryUsage.rss()));
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    peakGrowth: () => sample() - before,
    stop: () => clearInterval(timer),
  };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = await benchVault();
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
  const { bytes, storedMBPerSecond, verifiedMBPerSecond, peakGrowthMB } = figures;
  console.log(
    `${Math.round(bytes / MB)} MB stored at ${Math.round(storedMBPerSecond)} MB/s, ` +
      `verified at ${Math.round(verifiedMBPerSecond)} MB/s, ` +
      `memory grew by ${Math.round(peakGrowthMB)} MB at most (budget: 100 MB)`,
  );
}
