import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choosePorts } from '../../../src/temporal/ports.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sitewright-ports-'));
  file = path.join(folder, 'ports.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('ports of the embedded server', () => {
  it('are two different ones, and the same ones next time', async () => {
    const first = await choosePorts(file, {});
    expect(first.port).not.toBe(first.uiPort);
    expect(await choosePorts(file, {})).toEqual(first);
  });

  it('are those asked for', async () => {
    const { port } = await choosePorts(path.join(folder, 'other.json'), {});
    expect(await choosePorts(file, { port })).toMatchObject({ port });
  });

  it('are chosen afresh when what was remembered cannot be read', async () => {
    await writeFile(file, '{');
    expect((await choosePorts(file, {})).port).toBeGreaterThan(0);
  });
});
